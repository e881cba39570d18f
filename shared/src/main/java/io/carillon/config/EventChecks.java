package io.carillon.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Checks what the topic for other systems is asked for. */
final class EventChecks {

    private final Config config;
    private final List<ConfigProblem> problems = new ArrayList<>();

    EventChecks(Config config) {
        this.config = config;
    }

    List<ConfigProblem> problems() {
        check(config.carillon().events(), EventKind.OF_CLIENTS, "carillon.events");
        check(config.channel().withoutNamespace(), "channel.without_namespace");
        for (int i = 0; i < config.channel().namespaces().size(); i++) {
            check(config.channel().namespaces().get(i).options(), "channel.namespaces[" + i + "]");
        }
        return problems;
    }

    private void check(ChannelOptions options, String path) {
        List<String> events = options.carillon().events();
        String key = path + ".carillon.events";
        check(events, EventKind.OF_CHANNELS, key);
        boolean joins = events.contains(EventKind.JOIN.word()) || events.contains(EventKind.LEAVE.word());
        if (joins && !options.joinLeave()) {
            problems.add(new ConfigProblem(key, "join and leave need join_leave in the namespace"));
        }
    }

    private void check(List<String> events, Set<EventKind> allowed, String key) {
        Set<String> words = allowed.stream().map(EventKind::word).collect(Collectors.toSet());
        for (String event : events) {
            if (!words.contains(event)) {
                String list = allowed.stream().map(EventKind::word).collect(Collectors.joining(", "));
                problems.add(new ConfigProblem(key, "can hold " + list + ", and holds \"" + event + "\""));
            }
        }
    }
}
