package io.carillon.local.faults;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Ends invocations at the steps that faults name: by killing them, or by letting their time run out. */
final class Ending {

    private static final Duration TIMEOUT_AFTER = Duration.ofSeconds(3);

    private final Supplier<List<ActiveFault>> active;

    Ending(Supplier<List<ActiveFault>> active) {
        this.active = active;
    }

    /**
     * Ends an invocation that has come to a step, if a fault says so.
     *
     * @throws Killed if it does
     */
    void at(Invocation invocation, Predicate<Step> reached) {
        for (ActiveFault one : active.get()) {
            Fault fault = one.fault();
            if (endsAt(fault, reached) && fault.allows(Key.FUNCTION, invocation.function()) && one.strikes()) {
                if (fault.kind() == Kind.TIMEOUT) {
                    hang(fault.duration(Key.AFTER).orElse(TIMEOUT_AFTER));
                }
                throw invocation.kill(invocation.function() + " by: " + fault.text());
            }
        }
    }

    private static boolean endsAt(Fault fault, Predicate<Step> reached) {
        return switch (fault.kind()) {
            case KILL, TIMEOUT ->
                reached.test(fault.value(Key.AT_STEP).map(Step::of).orElse(Step.START));
            default -> false;
        };
    }

    private static void hang(Duration length) {
        try {
            Thread.sleep(length);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
