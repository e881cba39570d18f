package io.carillon.local.cli;

/** Says what is wrong with a configuration, and what to do. */
final class Misconfigured extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Misconfigured(String message) {
        super(message, null, false, false);
    }
}
