package io.carillon.local.faults;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that can jump forward. Safe for use by several threads. */
public final class FaultClock implements InstantSource {

    private final InstantSource base;
    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);

    /** Starts at the same time as another clock. */
    public FaultClock(InstantSource base) {
        this.base = base;
    }

    @Override
    public Instant instant() {
        return base.instant().plus(ahead.get());
    }

    void jump(Duration by) {
        ahead.accumulateAndGet(by, Duration::plus);
    }
}
