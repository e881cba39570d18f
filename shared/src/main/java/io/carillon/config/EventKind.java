package io.carillon.config;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Names what other systems can be told of. */
public enum EventKind {
    PUBLICATION,
    JOIN,
    LEAVE,
    OCCUPIED,
    VACATED,
    CONNECTED,
    DISCONNECTED,
    DEVICE_FAILED;

    /** What a namespace can ask for. */
    static final Set<EventKind> OF_CHANNELS = EnumSet.of(PUBLICATION, JOIN, LEAVE, OCCUPIED, VACATED);

    /** What can be asked for all connections and devices together. */
    static final Set<EventKind> OF_CLIENTS = EnumSet.of(CONNECTED, DISCONNECTED, DEVICE_FAILED);

    /** The name in the configuration. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The type of its events now: the attribute {@code type} that subscribers filter by. */
    public String type() {
        return "io.carillon." + word() + ".v1";
    }

    /** Finds those that a list of the configuration names. */
    public static Set<EventKind> all(List<String> words) {
        Set<EventKind> kinds = EnumSet.noneOf(EventKind.class);
        Arrays.stream(values()).filter(kind -> words.contains(kind.word())).forEach(kinds::add);
        return kinds;
    }

    /** Says whether a configuration asks for any event, so that there must be a topic. */
    public static boolean isAskedBy(Config config) {
        return !config.carillon().events().isEmpty()
                || !config.channel().withoutNamespace().carillon().events().isEmpty()
                || config.channel().namespaces().stream()
                        .anyMatch(namespace ->
                                !namespace.options().carillon().events().isEmpty());
    }
}
