package io.carillon.local.faults;

import java.time.Duration;
import java.util.SplittableRandom;

/** A fault at work: counts its occasions, and decides for each by its number alone, so that a run repeats. */
final class ActiveFault {

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final Fault fault;
    private final long seed;
    private final long began = System.nanoTime();
    private long occasions;
    private long strikes;

    ActiveFault(Fault fault, long seed, int index) {
        this.fault = fault;
        this.seed = new SplittableRandom(seed + index * GOLDEN).nextLong();
    }

    Fault fault() {
        return fault;
    }

    Duration age() {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /** Whether it is between from= and for=. */
    boolean isActive() {
        Duration since = age().minus(fault.duration(Key.FROM).orElse(Duration.ZERO));
        return !since.isNegative()
                && fault.duration(Key.FOR)
                        .map(length -> since.compareTo(length) < 0)
                        .orElse(true);
    }

    /** Decides over the next occasion, and counts it. */
    synchronized boolean strikes() {
        if (!isActive() || isUsedUp()) {
            return false;
        }
        occasions++;
        boolean struck = fault.value(Key.EVERY)
                        .map(every -> occasions % Long.parseLong(every) == 0)
                        .orElse(true)
                && fault.value(Key.PROBABILITY)
                        .map(chance -> random(occasions).nextDouble() < Double.parseDouble(chance))
                        .orElse(true);
        if (struck) {
            strikes++;
        }
        return struck;
    }

    private boolean isUsedUp() {
        return fault.value(Key.COUNT)
                .map(count -> strikes >= Long.parseLong(count))
                .orElse(false);
    }

    /** A number from 0 to 1 for the last occasion, apart from the one that decided over it. */
    synchronized double share() {
        return random(-occasions).nextDouble();
    }

    synchronized long count() {
        return strikes;
    }

    private SplittableRandom random(long number) {
        return new SplittableRandom(seed + number * GOLDEN);
    }
}
