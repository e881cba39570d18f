package io.carillon.apigateway;

import io.carillon.delivery.Quota;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Shares out a quota within one process, by virtual scheduling: it remembers until when the quota has been given out,
 * and each lease moves that on.
 *
 * <p>Safe for use by several threads.
 */
public final class LocalQuota implements Quota {

    private static final long SECOND = 1_000_000_000L;

    private final int rate;
    private final InstantSource clock;
    private Instant givenOutUntil = Instant.MIN;

    /** Starts with nothing given out; {@code rate} is in posts per second. */
    public LocalQuota(int rate, InstantSource clock) {
        this.rate = rate;
        this.clock = clock;
    }

    @Override
    public synchronized Instant lease(int posts) {
        Instant now = clock.instant();
        Instant start = givenOutUntil.isAfter(now) ? givenOutUntil : now;
        givenOutUntil = start.plusNanos(posts * SECOND / rate);
        return start;
    }
}
