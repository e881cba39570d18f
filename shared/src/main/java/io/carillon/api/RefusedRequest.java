package io.carillon.api;

import io.carillon.events.ApiError;

/** Refuses one request of the server API. */
final class RefusedRequest extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ApiError error;

    RefusedRequest(ApiError error) {
        super(error.message(), null, false, false);
        this.error = error;
    }

    ApiError error() {
        return error;
    }
}
