package io.carillon.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads plain values: booleans, numbers, durations, texts, words from a list, and lists of texts. */
final class Scalars {

    private Scalars() {}

    /**
     * Reads the value of a key as the type that its component has.
     *
     * @throws IllegalValue if the type or the value is not one the key allows
     */
    static Object read(Class<?> type, Key key, JsonNode node) {
        if (type == boolean.class) {
            return require(node.isBoolean(), "true or false", key, node).booleanValue();
        }
        if (type == int.class) {
            return Math.toIntExact(number(key, node));
        }
        if (type == long.class) {
            return number(key, node);
        }
        if (type == String.class) {
            return require(node.isTextual(), "a string", key, node).textValue();
        }
        if (type == Duration.class) {
            return duration(key, node);
        }
        if (type == List.class) {
            return texts(key, node);
        }
        if (type == Map.class) {
            return textsByName(key, node);
        }
        return word(type, key, node);
    }

    /** Gives the value that a key has when the file does not mention it. */
    static Object initial(Class<?> type, Key key) {
        if (type == boolean.class) {
            return Boolean.valueOf(key.initial());
        }
        if (type == int.class) {
            return key.initial().isEmpty() ? 0 : Integer.parseInt(key.initial());
        }
        if (type == long.class) {
            return key.initial().isEmpty() ? 0L : Long.parseLong(key.initial());
        }
        if (type == Duration.class) {
            return key.initial().isEmpty()
                    ? Duration.ZERO
                    : GoDuration.parse(key.initial()).orElseThrow();
        }
        if (type == List.class) {
            return List.of();
        }
        if (type == Map.class) {
            return Map.of();
        }
        return type.isEnum() ? constants(type).getFirst() : key.initial();
    }

    /** Lists the words that an enumerated key allows; the empty string stands for the first. */
    static List<String> words(Class<?> type) {
        return constants(type).stream().map(Scalars::word).toList();
    }

    private static Object word(Class<?> type, Key key, JsonNode node) {
        String allowed = words(type).stream().map(word -> '"' + word + '"').collect(Collectors.joining(", "));
        String text = require(node.isTextual(), "one of " + allowed, key, node).textValue();
        return constants(type).stream()
                .filter(constant -> text.isEmpty() || word(constant).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalValue("must be one of " + allowed + ", is " + shown(key, node)));
    }

    /** {@code ANY} is written as the empty string, as Centrifugo writes it. */
    private static String word(Enum<?> constant) {
        return constant == PublicationDataFormat.ANY ? "" : constant.name().toLowerCase(Locale.ROOT);
    }

    private static List<Enum<?>> constants(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .<Enum<?>>map(constant -> (Enum<?>) constant)
                .toList();
    }

    private static long number(Key key, JsonNode node) {
        String expected = key.max() >= Integer.MAX_VALUE
                ? "a whole number, " + key.min() + " or more"
                : "a whole number from " + key.min() + " to " + key.max();
        boolean fits = node.isIntegralNumber()
                && node.canConvertToLong()
                && node.longValue() >= key.min()
                && node.longValue() <= key.max();
        return require(fits, expected, key, node).longValue();
    }

    private static Duration duration(Key key, JsonNode node) {
        String example = node.isNumber() ? "; write \"" + node.asText() + "s\" for seconds" : "";
        if (!node.isTextual()) {
            throw new IllegalValue(
                    "must be a duration such as \"300s\" or \"1h30m\", is " + shown(key, node) + example);
        }
        Duration duration = GoDuration.parse(node.textValue())
                .orElseThrow(() ->
                        new IllegalValue("must be a duration such as \"300s\" or \"1h30m\", is " + shown(key, node)));
        if (key.wholeSeconds() && duration.getNano() != 0) {
            throw new IllegalValue("must be a whole number of seconds, is " + shown(key, node));
        }
        boolean tooShort = duration.compareTo(GoDuration.parse(key.shortest()).orElseThrow()) < 0;
        boolean tooLong = !key.longest().isEmpty()
                && duration.compareTo(GoDuration.parse(key.longest()).orElseThrow()) > 0;
        if (tooShort || tooLong) {
            throw new IllegalValue(
                    "must be from " + key.shortest() + " to " + key.longest() + ", is " + shown(key, node));
        }
        return duration;
    }

    private static List<String> texts(Key key, JsonNode node) {
        require(node.isArray(), "a list of strings", key, node);
        List<String> texts = new ArrayList<>();
        for (JsonNode entry : node) {
            require(entry.isTextual(), "a list of strings", key, node);
            texts.add(entry.textValue());
        }
        return List.copyOf(texts);
    }

    private static Map<String, String> textsByName(Key key, JsonNode node) {
        require(node.isObject(), "an object of strings", key, node);
        Map<String, String> texts = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            require(entry.getValue().isTextual(), "an object of strings", key, node);
            texts.put(entry.getKey(), entry.getValue().textValue());
        }
        return Collections.unmodifiableMap(texts);
    }

    private static JsonNode require(boolean holds, String expected, Key key, JsonNode node) {
        if (!holds) {
            throw new IllegalValue("must be " + expected + ", is " + shown(key, node));
        }
        return node;
    }

    private static String shown(Key key, JsonNode node) {
        return key.secret() ? "something else" : node.toString();
    }

    /** Says that a value is not one its key allows. */
    static final class IllegalValue extends RuntimeException {

        private static final long serialVersionUID = 1L;

        IllegalValue(String problem) {
            super(problem);
        }
    }
}
