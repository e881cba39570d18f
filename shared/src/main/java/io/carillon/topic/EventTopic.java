package io.carillon.topic;

import io.carillon.events.CloudEvent;
import java.util.List;

/** Takes what other systems are told. Must be safe for use by several threads. */
@FunctionalInterface
public interface EventTopic {

    /** Takes nothing: for a configuration that asks for no events. */
    EventTopic NONE = events -> {
        throw new IllegalStateException(
                "There is no topic to send " + events.getFirst().type() + " to");
    };

    /**
     * Sends events, in no order.
     *
     * @param events one or more
     * @throws RuntimeException if not all were taken; they may all be sent again
     */
    void send(List<CloudEvent> events);
}
