package io.carillon.local.faults;

import java.util.Optional;

/** One run of a function, known to its own thread and to all threads that it starts. */
final class Invocation {

    private static final InheritableThreadLocal<Optional<Invocation>> CURRENT = new InheritableThreadLocal<>() {
        @Override
        protected Optional<Invocation> initialValue() {
            return Optional.empty();
        }
    };

    private final String function;
    private volatile boolean dead;

    Invocation(String function) {
        this.function = function;
    }

    /** The invocation that this thread works for; empty outside of functions. */
    static Optional<Invocation> current() {
        return CURRENT.get();
    }

    static void enter(Invocation invocation) {
        CURRENT.set(Optional.of(invocation));
    }

    static void leave() {
        CURRENT.remove();
    }

    String function() {
        return function;
    }

    boolean isDead() {
        return dead;
    }

    /** Ends this invocation on all its threads: this one now, the others at their next call. */
    Killed kill(String where) {
        dead = true;
        return new Killed("Killed " + where);
    }

    /** Lets nothing more happen in an invocation that was killed. */
    void requireAlive() {
        if (dead) {
            throw new Killed("Killed before, on another thread");
        }
    }
}
