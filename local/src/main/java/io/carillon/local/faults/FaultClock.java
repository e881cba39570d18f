package io.carillon.local.faults;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that can jump forward. Safe for use by several threads. */
final class FaultClock implements InstantSource {

    private final InstantSource clock;
    private final AtomicReference<Duration> ahead;

    FaultClock(InstantSource clock, AtomicReference<Duration> ahead) {
        this.clock = clock;
        this.ahead = ahead;
    }

    @Override
    public Instant instant() {
        return clock.instant().plus(ahead.get());
    }
}
