package io.carillon.local.gateway;

import java.time.Duration;
import java.util.Optional;

/**
 * Decides when the {@code $disconnect} route hears of a connection's end. AWS calls that event best effort: it may come
 * late, or never.
 *
 * <p>Called from several threads at once.
 */
@FunctionalInterface
public interface DisconnectPolicy {

    /** Gives the time between the end and the event; empty when the event never comes. */
    Optional<Duration> delay(String connectionId);

    /** Sends every event at once. */
    static DisconnectPolicy prompt() {
        return late(Duration.ZERO);
    }

    /** Sends every event that much later. */
    static DisconnectPolicy late(Duration delay) {
        return connectionId -> Optional.of(delay);
    }

    /** Sends no event. */
    static DisconnectPolicy never() {
        return connectionId -> Optional.empty();
    }
}
