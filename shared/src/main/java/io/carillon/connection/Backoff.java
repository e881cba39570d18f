package io.carillon.connection;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * Waits before a change of a connection's row is tried again, since another got in between: longer each time, and by
 * chance. Commands that came together would otherwise stay in step: each round, all read the row and only the first may
 * change it, and the last of many has used up its attempts before its turn.
 */
public final class Backoff {

    private static final Duration FIRST = Duration.ofMillis(4);
    private static final Duration MOST = Duration.ofMillis(200);

    /** {@link #FIRST} doubled so often is beyond {@link #MOST}. */
    private static final int DOUBLINGS = 6;

    private Backoff() {}

    /**
     * Waits; not at all where the thread is interrupted.
     *
     * @param attempt how many came before the one that failed
     */
    public static void pause(int attempt) {
        LockSupport.parkNanos(
                ThreadLocalRandom.current().nextLong(limit(attempt).toNanos()));
    }

    /** Gives what {@link #pause} stays below. */
    static Duration limit(int attempt) {
        Duration doubled = FIRST.multipliedBy(1L << Math.min(attempt, DOUBLINGS));
        return doubled.compareTo(MOST) < 0 ? doubled : MOST;
    }
}
