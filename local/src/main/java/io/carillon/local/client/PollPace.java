package io.carillon.local.client;

import io.carillon.local.client.PollClient.Intervals;
import java.time.Duration;

/**
 * Says how long to wait before the next poll, as {@code LongPollSocket} of the npm package carillon-transport does. Not for
 * use by several threads.
 */
public final class PollPace {

    /** The first wait after a frame was sent: what answers it is on its way. */
    private static final Duration SOON = Duration.ofMillis(100);

    private final Intervals intervals;
    private Duration next;
    private int failures;

    /** Starts with the shorter wait. */
    public PollPace(Intervals intervals) {
        this.intervals = intervals;
        this.next = intervals.min();
    }

    public Duration next() {
        return next;
    }

    /** A frame was sent. */
    public void sent() {
        next = atMost(SOON);
    }

    /** A poll was answered, and brought something or did not. */
    public void polled(boolean brought) {
        failures = 0;
        Duration longer = next.compareTo(SOON) < 0 ? SOON : next;
        next = brought ? intervals.min() : atMost(longer.multipliedBy(2));
    }

    /** A poll failed; gives how many have in a row. */
    public int failed() {
        failures++;
        next = atMost(intervals.min().multipliedBy(1L << failures));
        return failures;
    }

    private Duration atMost(Duration wait) {
        return wait.compareTo(intervals.max()) < 0 ? wait : intervals.max();
    }
}
