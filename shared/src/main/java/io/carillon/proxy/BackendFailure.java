package io.carillon.proxy;

import java.util.OptionalInt;

/** Says that a backend gave no answer. */
public final class BackendFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final boolean called;
    private final boolean outage;

    public BackendFailure(String message) {
        this(message, 0, true);
    }

    public BackendFailure(String message, Throwable cause) {
        this(message, cause, true);
    }

    private BackendFailure(String message, Throwable cause, boolean outage) {
        super(message, cause);
        this.status = 0;
        this.called = true;
        this.outage = outage;
    }

    private BackendFailure(String message, int status, boolean called) {
        super(message);
        this.status = status;
        this.called = called;
        this.outage = status == 0 || status >= 500;
    }

    /** A failure of a backend that answers, but not what it was asked. */
    static BackendFailure unusable(Throwable cause) {
        return new BackendFailure("its answer cannot be used: " + cause.getMessage(), cause, false);
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
    public boolean isOutage() {
        return outage;
    }

    /** The HTTP status code; empty if that is not how it failed. */
    public OptionalInt status() {
        return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
    }
}
