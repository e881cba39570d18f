package io.carillon.local.load;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Makes the faults of a run: the scenario's from the first publication to the last, and in the last part those that
 * make clients slow or dead. Safe for use by several threads.
 */
final class RunFaults {

    private final Scenario scenario;
    private final String run;
    private final FaultControl control;
    private final LongSupplier clock;
    private volatile OptionalLong struckAt = OptionalLong.empty();

    RunFaults(Scenario scenario, String run, FaultControl control, LongSupplier clock) {
        this.scenario = scenario;
        this.run = run;
        this.control = control;
        this.clock = clock;
    }

    /** Begins the scenario's; asks for them even if only clients are to be struck, so that a refusal comes early. */
    void begin() {
        if (scenario.needsFaults()) {
            control.apply(scenario.faults(), scenario.seed());
        }
    }

    /** Makes clients slow and dead. The scenario's own faults count from the beginning again. */
    void strike() {
        struckAt = OptionalLong.of(clock.getAsLong());
        List<String> all = new ArrayList<>(scenario.faults());
        Stream.of(Condition.SLOW.fault(run, scenario.slow()), Condition.DEAD.fault(run, scenario.dead()))
                .forEach(fault -> fault.ifPresent(all::add));
        control.apply(all, scenario.seed());
    }

    /** Ends them all. */
    void end() {
        if (scenario.needsFaults()) {
            control.apply(List.of(), scenario.seed());
        }
    }

    /** When clients became slow or dead; empty if none did. */
    OptionalLong struckAt() {
        return struckAt;
    }
}
