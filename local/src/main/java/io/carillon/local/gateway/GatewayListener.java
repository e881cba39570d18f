package io.carillon.local.gateway;

import java.time.Duration;

/**
 * Hears what API Gateway carries. Sizes are bytes of the payload. Must not block; called by many threads at once.
 */
public interface GatewayListener {

    /** A connection is open. */
    default void opened(String connectionId) {}

    /** A connection has ended, after it had been open for that long. */
    default void ended(String connectionId, Duration open) {}

    /** A client's message has arrived. */
    default void received(String connectionId, int bytes) {}

    /** A message goes to a client, as an answer of a route or through {@code @connections}. */
    default void sent(String connectionId, int bytes) {}

    /** The HTTP API has answered a request. */
    default void answered(int requestBytes, int responseBytes) {}
}
