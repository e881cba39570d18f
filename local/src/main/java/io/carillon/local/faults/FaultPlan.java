package io.carillon.local.faults;

import java.util.List;

/**
 * Says which faults there are to be.
 *
 * @param faults each written {@code NAME key=value}
 * @param seed what all their randomness comes from
 */
public record FaultPlan(List<String> faults, long seed) {

    /** No faults. */
    public static final FaultPlan NONE = new FaultPlan(List.of(), 1);

    /**
     * Checks every fault.
     *
     * @throws IllegalArgumentException if one cannot be read; says what is allowed in its place
     */
    public FaultPlan {
        faults = List.copyOf(faults);
        faults.forEach(Fault::parse);
    }

    public static FaultPlan of(List<String> faults, long seed) {
        return new FaultPlan(faults, seed);
    }
}
