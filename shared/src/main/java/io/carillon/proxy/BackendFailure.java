package io.carillon.proxy;

import java.util.OptionalInt;

/** Says that a backend gave no answer. */
public final class BackendFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final boolean called;

    public BackendFailure(String message) {
        this(message, 0, true);
    }

    public BackendFailure(String message, Throwable cause) {
        super(message, cause);
        this.status = 0;
        this.called = true;
    }

    private BackendFailure(String message, int status, boolean called) {
        super(message);
        this.status = status;
        this.called = called;
    }

    /** A failure that shows in an HTTP status code. */
    public static BackendFailure status(int status) {
        return new BackendFailure("it answered with HTTP status " + status, status, true);
    }

    /** A failure without a call, since the backend is left alone. */
    static BackendFailure leftAlone(String message) {
        return new BackendFailure(message, 0, false);
    }

    /** Whether the backend was called at all: that it is left alone is logged when that begins. */
    public boolean wasCalled() {
        return called;
    }

    /** Whether the backend itself is at fault: a request that it does not like is no reason to leave it alone. */
    boolean isOutage() {
        return status == 0 || status >= 500;
    }

    /** The HTTP status code; empty if that is not how it failed. */
    public OptionalInt status() {
        return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
    }
}
