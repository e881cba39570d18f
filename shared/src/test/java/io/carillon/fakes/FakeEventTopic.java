package io.carillon.fakes;

import io.carillon.events.CloudEvent;
import io.carillon.topic.EventTopic;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Keeps what other systems are told. Safe for use by several threads. */
public final class FakeEventTopic implements EventTopic {

    private final List<CloudEvent> events = new ArrayList<>();
    private Consumer<List<CloudEvent>> check = sent -> {};

    @Override
    public synchronized void send(List<CloudEvent> sent) {
        check.accept(sent);
        events.addAll(sent);
    }

    /** Looks at whatever is sent from now on before it is taken; may throw to refuse it. */
    public synchronized void onSend(Consumer<List<CloudEvent>> newCheck) {
        check = newCheck;
    }

    /** What was sent since the last call. */
    public synchronized List<CloudEvent> sent() {
        List<CloudEvent> all = List.copyOf(events);
        events.clear();
        return all;
    }
}
