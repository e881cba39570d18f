package io.carillon.limit;

import java.time.InstantSource;

/**
 * Allows so much per second, and a second's worth at once. Counts in memory, and so within one function instance: a
 * deployment allows up to as many times more as it has instances, and costs no call for it.
 *
 * <p>Safe for use by several threads.
 */
public final class Rate {

    private static final double MILLIS = 1000.0;

    private final double perSecond;
    private final double burst;
    private final InstantSource clock;
    private double left;
    private long countedAt;

    /**
     * Starts with a second's worth.
     *
     * @param perSecond how much to allow; 0 for anything
     */
    public Rate(int perSecond, InstantSource clock) {
        this(perSecond, perSecond, clock);
    }

    /**
     * Starts with all that is allowed at once.
     *
     * @param perSecond how much to allow; 0 for anything
     * @param burst how much to allow at once, after a pause
     */
    public Rate(int perSecond, int burst, InstantSource clock) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.clock = clock;
        this.left = burst;
        this.countedAt = clock.millis();
    }

    /** Takes one, if there is one left. */
    public synchronized boolean allows() {
        if (perSecond == 0) {
            return true;
        }
        long now = clock.millis();
        // A clock that was set back gives nothing, and takes nothing.
        left = Math.min(burst, left + Math.max(0, now - countedAt) / MILLIS * perSecond);
        countedAt = now;
        if (left < 1) {
            return false;
        }
        left--;
        return true;
    }
}
