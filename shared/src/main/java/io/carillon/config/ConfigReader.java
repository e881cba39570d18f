package io.carillon.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.carillon.events.Json;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Turns a tree into the records of the configuration, and goes on after a problem so that all are found at once. */
final class ConfigReader {

    private static final JsonNode NOTHING = JsonNodeFactory.instance.objectNode();

    private final List<ConfigProblem> problems = new ArrayList<>();

    private ConfigReader() {}

    static Config read(JsonNode tree) {
        ConfigReader reader = new ConfigReader();
        Config config = reader.section(Config.class, tree, "");
        reader.problems.addAll(new CrossChecks(config).problems());
        return reader.accept(config);
    }

    static ChannelOptions options(String json) {
        ConfigReader reader = new ConfigReader();
        ChannelOptions options = reader.section(ChannelOptions.class, parse(json), "");
        return reader.accept(options);
    }

    static <T extends Record> T defaults(Class<T> section) {
        return new ConfigReader().section(section, NOTHING, "");
    }

    static JsonNode parse(String json) {
        try {
            return Json.mapper()
                    .reader()
                    .with(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .readTree(json);
        } catch (JsonProcessingException e) {
            String place = e.getLocation() == null
                    ? ""
                    : " at line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr();
            throw new InvalidConfig(List.of(
                    new ConfigProblem("", "The configuration is not JSON" + place + ": " + e.getOriginalMessage())));
        }
    }

    private <T> T accept(T config) {
        if (!problems.isEmpty()) {
            throw new InvalidConfig(problems);
        }
        return config;
    }

    private <T extends Record> T section(Class<T> type, JsonNode node, String path) {
        if (!node.isObject()) {
            problems.add(new ConfigProblem(path, "must be an object with the keys " + keysOf(type)));
            return fill(type, NOTHING, path);
        }
        node.fieldNames().forEachRemaining(name -> checkKnown(type, name, path));
        return fill(type, node, path);
    }

    private void checkKnown(Class<? extends Record> type, String name, String path) {
        if (Schema.names(type).contains(name)) {
            return;
        }
        String key = Schema.join(path, name);
        String problem = Unsupported.advice(key)
                .map(advice -> "Centrifugo has this key, Carillon does not: " + advice)
                .or(() -> Suggestion.of(type, name, path).map(near -> "unknown key; did you mean " + near + "?"))
                .orElseGet(() -> "unknown key; the keys here are " + keysOf(type));
        problems.add(new ConfigProblem(key, problem));
    }

    private <T extends Record> T fill(Class<T> type, JsonNode object, String path) {
        Object[] values = Arrays.stream(type.getRecordComponents())
                .map(component -> value(component, object, path))
                .toArray();
        return Schema.create(type, values);
    }

    private Object value(RecordComponent component, JsonNode object, String path) {
        if (Schema.isInline(component)) {
            return fill(Schema.sectionType(component), object, path);
        }
        String name = Schema.name(component);
        String key = Schema.join(path, name);
        JsonNode node = object.path(name);
        if (Schema.isSection(component)) {
            return section(Schema.sectionType(component), node.isMissingNode() ? NOTHING : node, key);
        }
        if (Schema.isSectionList(component)) {
            return sections(Schema.entryType(component).asSubclass(Record.class), node, key);
        }
        Key description = component.getAnnotation(Key.class);
        if (node.isMissingNode()) {
            return Scalars.initial(component.getType(), description);
        }
        try {
            return Scalars.read(component.getType(), description, node);
        } catch (Scalars.IllegalValue e) {
            problems.add(new ConfigProblem(key, e.getMessage()));
            return Scalars.initial(component.getType(), description);
        }
    }

    private List<Record> sections(Class<? extends Record> type, JsonNode node, String key) {
        List<Record> sections = new ArrayList<>();
        if (!node.isMissingNode() && !node.isArray()) {
            problems.add(new ConfigProblem(key, "must be a list of objects"));
        } else {
            for (JsonNode entry : node) {
                sections.add(section(type, entry, key + "[" + sections.size() + "]"));
            }
        }
        return List.copyOf(sections);
    }

    private static String keysOf(Class<? extends Record> type) {
        return String.join(", ", Schema.names(type));
    }
}
