package io.carillon.proxy;

import java.util.OptionalInt;

/** Says that a backend gave no answer. */
public final class BackendFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    public BackendFailure(String message) {
        this(message, 0);
    }

    public BackendFailure(String message, Throwable cause) {
        super(message, cause);
        this.status = 0;
    }

    private BackendFailure(String message, int status) {
        super(message);
        this.status = status;
    }

    /** A failure that shows in an HTTP status code. */
    public static BackendFailure status(int status) {
        return new BackendFailure("it answered with HTTP status " + status, status);
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
