package io.carillon.benchmarks;

import java.time.Duration;

/**
 * Says how long to measure. Only {@link #FULL} gives figures to rely on.
 *
 * @param rounds how often each side is measured, turn by turn; the medians count
 * @param round how long one round of one side is
 * @param subscribers how many subscribers a delivery goes to
 * @param invocations how many times a function is invoked after its start
 */
record Effort(int rounds, Duration round, int subscribers, int invocations) {

    /** A few minutes for each benchmark, on a machine with nothing else to do. */
    static final Effort FULL = new Effort(5, Duration.ofSeconds(4), 1_000, 100);

    /** Shows within seconds that everything runs. */
    static final Effort QUICK = new Effort(1, Duration.ofMillis(150), 40, 3);

    Effort with(int newRounds, Duration newRound) {
        return new Effort(newRounds, newRound, subscribers, invocations);
    }
}
