package io.carillon.fakes;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A clock that moves only when a test says so. Starts at the present second, so that a store that deletes expired rows
 * by its own clock finds none.
 *
 * <p>Safe for use by several threads.
 */
public final class FakeClock implements InstantSource {

    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.now().truncatedTo(ChronoUnit.SECONDS));

    @Override
    public Instant instant() {
        return now.get();
    }

    public void advance(Duration step) {
        now.updateAndGet(instant -> instant.plus(step));
    }

    /** The present in seconds since 1970. */
    public long seconds() {
        return now.get().getEpochSecond();
    }
}
