package io.carillon.events;

import java.util.List;
import java.util.Map;

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
        return value == null ? Map.of() : value;
    }
}
