package io.carillon.local.load;

import java.util.List;

/** Makes the system under load misbehave. */
@FunctionalInterface
public interface FaultControl {

    /**
     * Puts faults in place of those there were; an empty list ends them all.
     *
     * @param faults each {@code NAME key=value key=value}
     * @param seed makes the same faults strike again in the same order
     * @throws IllegalStateException if they cannot be made, with what to do
     */
    void apply(List<String> faults, long seed);

    /** Refuses every fault. */
    static FaultControl none() {
        return (faults, seed) -> {
            if (!faults.isEmpty()) {
                throw new IllegalStateException("this target cannot be told to misbehave: leave the faults out,"
                        + " or run against --start or ./carillon dev");
            }
        };
    }
}
