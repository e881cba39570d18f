package io.carillon.local.faults;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * One fault as it was written: {@code NAME key=value key=value}.
 *
 * @param text as it was written
 */
record Fault(Kind kind, Map<Key, String> values, String text) {

    Fault {
        values = Map.copyOf(values);
    }

    /**
     * Reads one fault.
     *
     * @throws IllegalArgumentException if a name, key or value is not known; says which are
     */
    static Fault parse(String text) {
        List<String> words = Arrays.asList(text.strip().split("\\s+"));
        Kind kind = Kind.find(words.getFirst())
                .orElseThrow(() -> new IllegalArgumentException("There is no fault '" + words.getFirst()
                        + "': use one of "
                        + Arrays.stream(Kind.values()).map(Kind::text).collect(Collectors.joining(", "))));
        Map<Key, String> values = new EnumMap<>(Key.class);
        words.stream().skip(1).forEach(word -> read(kind, word, values));
        for (Key key : kind.required()) {
            if (!values.containsKey(key)) {
                throw new IllegalArgumentException(kind.text() + " needs " + key.text() + "=, " + key.allowed());
            }
        }
        if (values.containsKey(Key.EVERY) && values.containsKey(Key.PROBABILITY)) {
            throw new IllegalArgumentException(kind.text() + " takes every= or probability=, not both");
        }
        if (values.containsKey(Key.TABLE) && !"dynamodb".equals(values.get(Key.SERVICE))) {
            throw new IllegalArgumentException(kind.text() + " takes table= only with service=dynamodb");
        }
        return new Fault(kind, values, String.join(" ", words));
    }

    private static void read(Kind kind, String word, Map<Key, String> values) {
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        String value = equals < 0 ? "" : word.substring(equals + 1);
        Key key = Key.find(kind.keys(), name)
                .orElseThrow(() -> new IllegalArgumentException(kind.text() + " has no key '" + name + "': use "
                        + kind.keys().stream().map(Key::text).distinct().collect(Collectors.joining(", "))));
        if (!key.takes(value)) {
            throw new IllegalArgumentException(
                    kind.text() + " " + name + "= must be " + key.allowed() + ", not '" + value + "'");
        }
        if (values.put(key, value) != null) {
            throw new IllegalArgumentException(kind.text() + " names " + name + "= twice");
        }
    }

    Optional<String> value(Key key) {
        return Optional.ofNullable(values.get(key));
    }

    Optional<Duration> duration(Key key) {
        return value(key).map(Key::duration);
    }

    /** Whether a key is absent, or says this. */
    boolean allows(Key key, String value) {
        return value(key).map(value::equals).orElse(true);
    }
}
