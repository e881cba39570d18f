package io.carillon.limit;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** What is known of those who were heard from last; the others are forgotten, so that it fits. Safe for use by several threads. */
final class Recent<V> {

    /** How many are remembered. */
    static final int REMEMBERED = 10_000;

    private final Map<String, V> known = new LinkedHashMap<>(16, 0.75f, true) {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
            return size() > REMEMBERED;
        }
    };

    /** Gives what is known of one, or what it starts with. */
    synchronized V of(String name, Supplier<V> fresh) {
        return known.computeIfAbsent(name, any -> fresh.get());
    }
}
