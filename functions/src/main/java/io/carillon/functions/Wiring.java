package io.carillon.functions;

import io.carillon.Carillon;

/** Builds the logic from a function's environment. */
final class Wiring {

    private Wiring() {}

    static Wiring fromEnvironment() {
        throw new IllegalStateException("not yet");
    }

    Carillon carillon() {
        throw new IllegalStateException("not yet");
    }
}
