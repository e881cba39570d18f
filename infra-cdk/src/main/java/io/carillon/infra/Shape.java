package io.carillon.infra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Compares what somebody wrote with the record that it is to become, and goes on after a problem so that all are found at
 * once. Knows records of truth values, whole numbers, texts, maps of texts, records, and lists. Not for use by several threads.
 */
final class Shape {

    private final List<String> problems = new ArrayList<>();

    /** Lists what does not fit, each with its path. */
    List<String> problems() {
        return List.copyOf(problems);
    }

    /** Gives what fits. An object inside that does not fit as a whole is left out as a whole. */
    ObjectNode fit(JsonNode node, Class<?> type, String path) {
        ObjectNode fitting = JsonNodeFactory.instance.objectNode();
        Map<String, RecordComponent> known = Arrays.stream(type.getRecordComponents())
                .collect(Collectors.toMap(part -> Documents.key(part.getName()), part -> part));
        if (!node.isObject()) {
            problems.add((path.isEmpty() ? "it" : path) + " must hold keys, of " + keys(type) + "; it was " + node);
            return fitting;
        }
        node.properties().forEach(entry -> {
            String at = path.isEmpty() ? entry.getKey() : path + "." + entry.getKey();
            RecordComponent part = known.get(entry.getKey());
            if (part == null) {
                problems.add(at + " is unknown; the keys here are " + keys(type));
            } else if (!entry.getValue().isNull()) {
                value(entry.getValue(), part.getGenericType(), at)
                        .ifPresent(value -> fitting.set(entry.getKey(), value));
            }
        });
        return fitting;
    }

    private Optional<JsonNode> value(JsonNode node, Type type, String path) {
        int before = problems.size();
        JsonNode fitting = node;
        if (type instanceof Class<?> plain && plain.isRecord()) {
            fitting = fit(node, plain, path);
        } else if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
            fitting = list(node, list.getActualTypeArguments()[0], path);
        } else if (type instanceof ParameterizedType) {
            texts(node, path);
        } else if (type == Boolean.class) {
            require(node.isBoolean(), path, "true or false", node);
        } else if (type == Integer.class) {
            require(node.isInt(), path, "a whole number", node);
        } else {
            require(node.isValueNode() && !node.isNull(), path, "a text", node);
        }
        return problems.size() == before ? Optional.of(fitting) : Optional.empty();
    }

    private JsonNode list(JsonNode node, Type type, String path) {
        ArrayNode fitting = JsonNodeFactory.instance.arrayNode();
        require(node.isArray(), path, "a list", node);
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            value(node.get(i), type, path + "[" + i + "]").ifPresent(fitting::add);
        }
        return fitting;
    }

    private void texts(JsonNode node, String path) {
        require(node.isObject(), path, "keys with texts, such as {team: chat}", node);
        node.properties()
                .forEach(entry -> require(
                        entry.getValue().isValueNode(), path + "." + entry.getKey(), "a text", entry.getValue()));
    }

    private void require(boolean fits, String path, String wanted, JsonNode node) {
        if (!fits) {
            problems.add(path + " must be " + wanted + "; it was " + node);
        }
    }

    private static String keys(Class<?> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(part -> Documents.key(part.getName()))
                .collect(Collectors.joining(", "));
    }
}
