package io.carillon.local.faults;

import java.util.Optional;
import software.amazon.awssdk.core.SdkRequest;

/**
 * What is going to happen to one invocation: where it dies. All threads that the invocation starts inherit it, so that
 * none of them outlives the handler. Safe for use by several threads.
 */
final class Doom {

    private static final InheritableThreadLocal<Doom> CURRENT = new InheritableThreadLocal<>();

    private final Step step;
    private volatile boolean dead;

    Doom(Step step) {
        this.step = step;
    }

    static Optional<Doom> current() {
        return Optional.ofNullable(CURRENT.get());
    }

    /** Puts the thread, and those it starts, under this doom, until it is lifted. */
    void impose() {
        CURRENT.set(this);
    }

    static void lift() {
        CURRENT.remove();
    }

    boolean isDead() {
        return dead;
    }

    void before(SdkRequest request) {
        if (dead || step.isBefore(request)) {
            die();
        }
    }

    void after(SdkRequest request) {
        // In the middle of a delivery the rows are answered first: who comes next is on the way before the end comes.
        if (step.isAfter(request)) {
            if (step == Step.MID_DELIVERY) {
                dead = true;
            } else {
                die();
            }
        }
    }

    private void die() {
        dead = true;
        throw new Killed(step);
    }

    /** The end of an invocation. An error, because no handler may survive it by catching exceptions. */
    static final class Killed extends Error {

        private static final long serialVersionUID = 1L;

        Killed(Step step) {
            super("Killed at " + step.label());
        }
    }
}
