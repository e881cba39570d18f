package io.carillon.delivery;

import java.util.concurrent.CompletionStage;

/**
 * Sends to connections, through API Gateway's @connections.
 *
 * <p>Safe for use by several threads.
 */
public interface Poster {

    /** What became of a message. */
    enum Outcome {
        /** API Gateway took it. */
        DELIVERED,
        /** The connection no longer exists; one that was taken for gone by mistake has been closed. */
        GONE,
        /** The connection, or the account's quota, did not take it within the bounded retries. */
        BACKED_UP
    }

    /**
     * Posts one text message. Throttling and passing faults are retried a bounded number of times; a 410 is confirmed
     * before it counts as gone, because API Gateway's can be false. Never completes exceptionally.
     *
     * @param message UTF-8, at most {@link io.carillon.events.Framing#MAX_MESSAGE} bytes, not empty
     */
    CompletionStage<Outcome> post(String connection, byte[] message);

    /**
     * The same, but posts again only as long as {@code backoff} allows; a message that waits for its next attempt when
     * that is over counts as backed up at once.
     */
    default CompletionStage<Outcome> post(String connection, byte[] message, Backoff backoff) {
        return post(connection, message);
    }

    /** Closes a connection; the client sees code 1000. Does nothing if it is already gone. */
    CompletionStage<Void> close(String connection);
}
