package io.carillon.local.faults;

/** Says what is wrong with a fault that somebody asked for, and what is allowed. */
public final class BadFault extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    BadFault(String message) {
        super(message);
    }
}
