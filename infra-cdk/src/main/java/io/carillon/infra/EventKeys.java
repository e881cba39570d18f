package io.carillon.infra;

import io.carillon.config.EventKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** One of {@code event_subscriptions} in a stage's file; what it does not say is null. */
record EventKeys(
        String url,
        String queue,
        String function,
        String eventBus,
        List<String> types,
        List<String> namespaces,
        Boolean raw) {

    /**
     * Reads it.
     *
     * @param key names it in a message, as in {@code event_subscriptions[0]}
     * @throws IllegalArgumentException if it has no target, several, or one that cannot be
     */
    EventSubscription subscription(String key) {
        Set<EventKind> kinds = new TreeSet<>();
        for (String word : given(types)) {
            kinds.add(EventChoice.named(key + ".types", word));
        }
        return new EventSubscription(target(key), new EventOptions(kinds, given(namespaces), Optional.ofNullable(raw)));
    }

    private EventTarget target(String key) {
        List<String> set = new ArrayList<>();
        add(set, "url", url);
        add(set, "queue", queue);
        add(set, "function", function);
        add(set, "event_bus", eventBus);
        if (set.size() != 1) {
            throw new IllegalArgumentException(key + " must have one of url, queue, function and event_bus; it has "
                    + (set.isEmpty() ? "none" : String.join(" and ", set)));
        }
        try {
            return switch (set.getFirst()) {
                case "url" -> new EventTarget.Url(url);
                case "queue" -> new EventTarget.Queue(queue);
                case "function" -> new EventTarget.Function(function);
                default -> new EventTarget.EventBus(eventBus);
            };
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(key + "." + e.getMessage(), e);
        }
    }

    private static void add(List<String> set, String key, String value) {
        if (value != null) {
            set.add(key);
        }
    }

    private static List<String> given(List<String> values) {
        return values == null ? List.of() : values;
    }
}
