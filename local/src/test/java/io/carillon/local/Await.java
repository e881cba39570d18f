package io.carillon.local;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for a condition, with a deadline that a busy machine keeps. */
public final class Await {

    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private Await() {}

    public static void until(BooleanSupplier condition) {
        until("the condition", condition);
    }

    /** Waits for what {@code what} names. */
    public static void until(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + DEADLINE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError(what + " did not come true within " + DEADLINE);
            }
            try {
                Thread.sleep(2);
            } catch (InterruptedException e) {
                throw new AssertionError("Interrupted while waiting for " + what, e);
            }
        }
    }
}
