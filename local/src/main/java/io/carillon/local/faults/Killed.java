package io.carillon.local.faults;

/** Ends an invocation where it is. An error, because handlers may catch exceptions but the process is gone. */
final class Killed extends Error {

    private static final long serialVersionUID = 1L;

    Killed(String message) {
        super(message, null, false, false);
    }
}
