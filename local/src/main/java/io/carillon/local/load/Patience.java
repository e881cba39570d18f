package io.carillon.local.load;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Waits as long as there is hope: while things happen.
 *
 * @param clock in nanoseconds
 * @param events how many things have happened so far
 */
record Patience(LongSupplier clock, LongSupplier events, Pause pause) {

    /** Lets a moment pass. */
    interface Pause {
        void take() throws InterruptedException;
    }

    /**
     * Waits for a condition, for as long as no more than {@code time} passes in which nothing happens.
     *
     * @return whether it holds
     */
    boolean await(Duration time, BooleanSupplier condition) throws InterruptedException {
        long happened = events.getAsLong();
        long since = clock.getAsLong();
        while (!condition.getAsBoolean() && clock.getAsLong() - since < time.toNanos()) {
            pause.take();
            if (events.getAsLong() != happened) {
                happened = events.getAsLong();
                since = clock.getAsLong();
            }
        }
        return condition.getAsBoolean();
    }

    /**
     * Waits for a condition that still holds after nothing has happened for {@code quiet}: who loses its connection in
     * that time is waited for too, even while it does nothing but wait for its next try.
     *
     * @param time after this without any event, the condition is not awaited any more
     * @param most after this, it need not hold any more after the quiet
     */
    void awaitLasting(Duration time, Duration quiet, Duration most, BooleanSupplier condition)
            throws InterruptedException {
        long began = clock.getAsLong();
        boolean again = true;
        while (again) {
            boolean held = await(time, condition);
            await(quiet, () -> false);
            again = held && !condition.getAsBoolean() && clock.getAsLong() - began < most.toNanos();
        }
    }
}
