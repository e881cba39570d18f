package io.carillon.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;

/** Finds the secrets that a configuration holds, so that they are not deployed as plain text. */
public final class SecretKeys {

    private SecretKeys() {}

    /** Lists the paths of the secrets that are set, as in {@code http_api.key} or {@code proxies[0].http.static_headers.X-Api-Key}. */
    public static List<String> setIn(JsonNode config) {
        List<String> found = new ArrayList<>();
        collect(Config.class, config, "", found);
        return found;
    }

    private static void collect(Class<? extends Record> section, JsonNode node, String at, List<String> found) {
        for (RecordComponent component : Schema.keys(section)) {
            String path = Schema.join(at, Schema.name(component));
            JsonNode value = node.path(Schema.name(component));
            if (Schema.isSection(component)) {
                collect(Schema.sectionType(component), value, path, found);
            } else if (Schema.isSectionList(component)) {
                for (int i = 0; i < value.size(); i++) {
                    collect(
                            Schema.entryType(component).asSubclass(Record.class),
                            value.path(i),
                            path + "[" + i + "]",
                            found);
                }
            } else if (component.getAnnotation(Key.class).secret()) {
                add(value, path, found);
            }
        }
    }

    /** Of an object, each member is a secret by itself. */
    private static void add(JsonNode value, String path, List<String> found) {
        if (value.isObject()) {
            value.properties().forEach(member -> add(member.getValue(), Schema.join(path, member.getKey()), found));
        } else if (isSet(value)) {
            found.add(path);
        }
    }

    private static boolean isSet(JsonNode value) {
        boolean isEmpty = value.isTextual() ? value.textValue().isEmpty() : value.isArray() && value.isEmpty();
        return !value.isMissingNode() && !isEmpty;
    }
}
