package io.carillon.local.latency;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A clock that stands still but for what is waited. Not for use by several threads. */
public final class FakeWait implements Wait {

    private final List<Duration> slept = new ArrayList<>();
    private long now = 1;

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public void sleep(Duration time) {
        slept.add(time);
        now += time.toNanos();
    }

    /** Lets time pass in which somebody works. */
    public void work(Duration time) {
        now += time.toNanos();
    }

    /** Gives what was waited, in order. */
    public List<Duration> slept() {
        return List.copyOf(slept);
    }
}
