package io.carillon.local.load;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Spaces out attempts as centrifuge-js does: 0.5 s and a random part of a time that doubles with each attempt, 20 s at
 * most. Source: {@code backoff} in centrifuge-js 5.7, utils.ts. Not for use by several threads.
 */
final class Backoff {

    private static final long MIN_MILLIS = 500;
    private static final long MAX_MILLIS = 20_000;
    private static final int MAX_DOUBLINGS = 16;

    private final RandomGenerator random;
    private int attempts;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    Duration next() {
        long interval = Math.min(MAX_MILLIS, MIN_MILLIS << Math.min(attempts, MAX_DOUBLINGS));
        attempts++;
        return Duration.ofMillis(Math.min(MAX_MILLIS, MIN_MILLIS + random.nextLong(interval + 1)));
    }

    void reset() {
        attempts = 0;
    }
}
