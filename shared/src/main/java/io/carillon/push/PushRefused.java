package io.carillon.push;

import io.carillon.events.ApiError;

/** Refuses what a caller asked of mobile push. */
public final class PushRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ApiError error;

    public PushRefused(ApiError error) {
        super(error.message(), null, false, false);
        this.error = error;
    }

    static PushRefused badRequest(String reason) {
        return new PushRefused(ApiError.badRequest(reason));
    }

    public ApiError error() {
        return error;
    }
}
