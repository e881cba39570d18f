package io.carillon.local.pages;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.events.Json;
import io.carillon.events.MalformedJson;
import io.carillon.local.faults.BadFault;
import io.carillon.local.faults.FaultKind;
import io.carillon.local.faults.Faults;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/** Shows which faults are on, and switches them: the body is {@code {"faults":["NAME setting=value"],"seed":1}}. */
final class DevFaults {

    private final Faults faults;

    DevFaults(Faults faults) {
        this.faults = faults;
    }

    /** Those that are on with how often they struck, and all that there are. */
    Answer show() {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("seed", faults.seed());
        tree.put("faults", faults.list());
        tree.put(
                "catalogue",
                Arrays.stream(FaultKind.values()).map(DevFaults::describe).toList());
        return Answer.json(tree);
    }

    private static Map<String, Object> describe(FaultKind kind) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put("name", kind.label());
        tree.put("meaning", kind.meaning());
        tree.put("settings", kind.settings());
        return tree;
    }

    /** Switches those of the body on and all others off. */
    Answer replace(Request request) {
        try {
            JsonNode tree = Json.read(Content.Source.asString(request, StandardCharsets.UTF_8), JsonNode.class);
            JsonNode wanted = tree.path("faults");
            if (!wanted.isArray()) {
                return Answer.text(HttpStatus.BAD_REQUEST_400, "The body must be {\"faults\":[...],\"seed\":1}.");
            }
            List<String> texts = new ArrayList<>();
            wanted.forEach(text -> texts.add(text.asText()));
            faults.replace(texts, tree.path("seed").asLong(1));
            return show();
        } catch (BadFault | MalformedJson e) {
            return Answer.text(HttpStatus.BAD_REQUEST_400, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return Answer.text(HttpStatus.BAD_REQUEST_400, "The body could not be read.");
        }
    }
}
