package io.carillon.local.pages;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.events.Json;
import io.carillon.events.MalformedJson;
import io.carillon.local.faults.FaultCount;
import io.carillon.local.faults.FaultHelp;
import io.carillon.local.faults.Faults;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/**
 * Tells which faults are at work, and replaces them: {@code {"faults":["gone probability=0.01"],"seed":1}}.
 *
 * <p>Answers 503 until it is shown a runtime's faults. Safe for use by several threads.
 */
public final class FaultsPage {

    private static final int LARGEST = 64 * 1024;
    private static final List<String> KEYS = List.of("faults", "seed");

    private volatile Optional<Faults> shown = Optional.empty();

    /** What is told. */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record State(List<FaultCount> faults, long seed, List<FaultHelp> catalogue) {}

    /** Takes the faults of a runtime that has started. */
    public void show(Faults faults) {
        shown = Optional.of(faults);
    }

    Answer answer() {
        return shown.map(faults -> Answer.json(new State(faults.list(), faults.seed(), FaultHelp.all())))
                .orElseGet(() -> Answer.text(
                        HttpStatus.SERVICE_UNAVAILABLE_503, "The runtime has not started yet: try again in a moment."));
    }

    Answer replace(Request request) {
        // A form of another page can post text, but no browser sends this type unasked.
        String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        if (type == null || !type.startsWith("application/json")) {
            return Answer.text(HttpStatus.UNSUPPORTED_MEDIA_TYPE_415, "Send application/json.");
        }
        try (InputStream in = Content.Source.asInputStream(request)) {
            byte[] body = in.readNBytes(LARGEST + 1);
            if (body.length > LARGEST) {
                return Answer.text(HttpStatus.PAYLOAD_TOO_LARGE_413, "At most 64 KB of faults.");
            }
            return replace(Json.read(new String(body, StandardCharsets.UTF_8), JsonNode.class));
        } catch (IOException | MalformedJson e) {
            return badRequest("Send {\"faults\":[\"gone probability=0.01\"],\"seed\":1}.");
        }
    }

    private Answer replace(JsonNode body) {
        List<String> unknown = body.properties().stream()
                .map(Map.Entry::getKey)
                .filter(key -> !KEYS.contains(key))
                .toList();
        if (!unknown.isEmpty()) {
            return badRequest("There is no key '" + unknown.getFirst() + "': the keys are " + String.join(", ", KEYS));
        }
        JsonNode listed = body.path("faults");
        if (!listed.isArray() || listed.valueStream().anyMatch(one -> !one.isTextual())) {
            return badRequest("faults must be a list of texts.");
        }
        JsonNode seed = body.path("seed");
        if (!seed.isMissingNode() && !(seed.isIntegralNumber() && seed.canConvertToLong())) {
            return badRequest("seed must be a whole number.");
        }
        List<String> texts = new ArrayList<>();
        listed.forEach(one -> texts.add(one.asText()));
        try {
            shown.ifPresent(faults -> faults.replace(texts, seed.asLong(faults.seed())));
        } catch (IllegalArgumentException e) {
            return badRequest(e.getMessage());
        }
        return answer();
    }

    private static Answer badRequest(String reason) {
        return Answer.text(HttpStatus.BAD_REQUEST_400, reason);
    }
}
