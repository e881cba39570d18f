package io.carillon.local.load;

import java.util.concurrent.atomic.LongAdder;

/** Counts what happens while it happens, for the progress line. Safe for use by several threads. */
final class Tally {

    private final LongAdder published = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder received = new LongAdder();
    private final LongAdder connected = new LongAdder();
    private final LongAdder lost = new LongAdder();
    private final LongAdder subscribed = new LongAdder();

    void count(Seen event) {
        switch (event) {
            case Seen.Connected one -> connected.increment();
            case Seen.Lost one -> lost.increment();
            case Seen.Received one -> received.increment();
            case Seen.Subscribed one -> subscribed.increment();
            case Seen.Unsubscribed one -> {
                // Shows in the report.
            }
            case Seen.Left one -> subscribed.increment();
            case Seen.Refused one -> {
                // Shows in the report.
            }
        }
    }

    void count(Attempt.Outcome outcome) {
        (outcome instanceof Attempt.Outcome.Accepted ? published : failed).increment();
    }

    long published() {
        return published.sum();
    }

    long failed() {
        return failed.sum();
    }

    long received() {
        return received.sum();
    }

    long connected() {
        return connected.sum();
    }

    long lost() {
        return lost.sum();
    }

    /** Everything that a client saw, as one number that stands still when nothing happens any more. */
    long events() {
        return received.sum() + connected.sum() + lost.sum() + subscribed.sum();
    }
}
