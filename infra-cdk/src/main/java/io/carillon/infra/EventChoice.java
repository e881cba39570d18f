package io.carillon.infra;

import io.carillon.config.Config;
import io.carillon.config.EventKind;
import io.carillon.config.NamespaceConfig;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which events a configuration asks for, and by that, which a subscription can want: a filter policy that nothing ever
 * passes is a mistake that nobody would see.
 */
final class EventChoice {

    private final Config config;

    EventChoice(Config config) {
        this.config = config;
    }

    /**
     * Checks what a subscription wants.
     *
     * @param key names the subscription in a message, as in {@code event_subscriptions[0]}
     * @throws IllegalArgumentException if there can be no such event
     */
    void check(String key, EventOptions options) {
        if (!EventKind.isAskedBy(config)) {
            throw new IllegalArgumentException(
                    key + " needs a configuration that asks for events, and this one asks for"
                            + " none: list them in carillon.events, or in a namespace's, such as \"events\": [\"publication\"]");
        }
        for (String namespace : options.namespaces()) {
            if (told(namespace, key).isEmpty()) {
                throw new IllegalArgumentException(key + ".namespaces: the namespace " + namespace + " tells of no"
                        + " events: list them in its carillon.events");
            }
        }
        Set<EventKind> told = EnumSet.noneOf(EventKind.class);
        options.namespaces().forEach(namespace -> told.addAll(told(namespace, key)));
        if (options.namespaces().isEmpty()) {
            told.addAll(all());
        }
        for (EventKind type : options.types()) {
            if (!told.contains(type)) {
                throw new IllegalArgumentException(key + ".types: nobody tells of " + type.word()
                        + (options.namespaces().isEmpty() ? "" : " in " + String.join(", ", options.namespaces()))
                        + "; what the configuration asks for is " + words(told));
            }
        }
    }

    private Set<EventKind> told(String namespace, String key) {
        List<NamespaceConfig> namespaces = config.channel().namespaces();
        return namespaces.stream()
                .filter(candidate -> candidate.name().equals(namespace))
                .findFirst()
                .map(found -> EventKind.all(found.options().carillon().events()))
                .orElseThrow(() -> new IllegalArgumentException(key + ".namespaces: " + namespace
                        + " is no namespace of the configuration, which has "
                        + namespaces.stream().map(NamespaceConfig::name).toList()));
    }

    private Set<EventKind> all() {
        Set<EventKind> all = EventKind.all(config.carillon().events());
        all.addAll(EventKind.all(config.channel().withoutNamespace().carillon().events()));
        config.channel()
                .namespaces()
                .forEach(namespace ->
                        all.addAll(EventKind.all(namespace.options().carillon().events())));
        return all;
    }

    /** Finds an event by its name in the configuration. */
    static EventKind named(String key, String word) {
        return Arrays.stream(EventKind.values())
                .filter(kind -> kind.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        key + " must be of " + words(EnumSet.allOf(EventKind.class)) + "; it was " + word));
    }

    private static String words(Set<EventKind> kinds) {
        return kinds.stream().map(EventKind::word).collect(Collectors.joining(", "));
    }
}
