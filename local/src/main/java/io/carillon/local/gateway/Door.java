package io.carillon.local.gateway;

import java.util.function.BooleanSupplier;

/**
 * Decides over each WebSocket handshake before any function hears of it; one that is not let in is answered 429.
 *
 * <p>Called on the HTTP threads, so it must not block; called from several threads at once.
 */
@FunctionalInterface
public interface Door {

    /** Says whether one more connection may be made now. */
    boolean letsIn();

    /** Lets connections in at a rate, with a burst of one second's worth. */
    static Door rate(int perSecond) {
        return new TokenBucket(perSecond, perSecond, System::nanoTime)::tryTake;
    }

    /** Gives the rate of a new AWS account: 500 new connections per second (API Gateway quota L-9ED1E49A). */
    static Door accountRate() {
        return rate(500);
    }

    /** Lets in whom this door lets in, as long as a condition holds. */
    default Door onlyWhile(BooleanSupplier condition) {
        return () -> condition.getAsBoolean() && letsIn();
    }
}
