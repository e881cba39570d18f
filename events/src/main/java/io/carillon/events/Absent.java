package io.carillon.events;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Gives a field that a message leaves out its protobuf zero value, so that no record holds a null. */
final class Absent {

    private Absent() {}

    static String text(String value) {
        return value == null ? "" : value;
    }

    static RawJson json(RawJson value) {
        return value == null ? RawJson.NONE : value;
    }

    static <T> List<T> list(List<T> value) {
        return value == null ? List.of() : List.copyOf(value);
    }

    static <K, V> Map<K, V> map(Map<K, V> value) {
        if (value == null || value.isEmpty()) {
            return Map.of();
        }
        Map<K, V> present = new LinkedHashMap<>(value);
        present.values().removeIf(Objects::isNull);
        return Collections.unmodifiableMap(present);
    }

    static void requireOffset(long offset) {
        if (offset < 0) {
            throw new IllegalArgumentException("offset must be >= 0");
        }
    }
}
