package io.carillon.delivery;

import io.carillon.delivery.Poster.Outcome;
import io.carillon.metrics.Measure;
import io.carillon.metrics.Metrics;
import java.time.InstantSource;

/**
 * Counts what was delivered to subscribers, and how long it took from the publish to API Gateway's acceptance.
 *
 * <p>Safe for use by several threads.
 */
public final class Postage {

    /** Counts nothing. */
    static final Postage NONE = new Postage(InstantSource.system(), Metrics.NONE);

    /** The time of what is no publication, or was not published just now. */
    static final long TIMELESS = 0;

    private final InstantSource clock;
    private final Metrics metrics;

    /** Counts with a clock that agrees with the publishers'. */
    public Postage(InstantSource clock, Metrics metrics) {
        this.clock = clock;
        this.metrics = metrics;
    }

    /**
     * Notes what became of a message to a subscriber.
     *
     * @param published when the oldest publication in it was published, in milliseconds since 1970
     */
    void note(Outcome outcome, long published) {
        if (outcome != Outcome.DELIVERED) {
            return;
        }
        metrics.count(Measure.DELIVERIES);
        if (published != TIMELESS) {
            metrics.publishToPost(Math.max(0, clock.millis() - published), 1);
        }
    }

    /** Notes that a subscriber was told to come back because it did not take a message. */
    void slow() {
        metrics.count(Measure.SLOW_CLIENTS);
    }

    /** Notes what a client was told. */
    void code(int code) {
        metrics.code(code);
    }
}
