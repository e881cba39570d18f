package io.carillon.api;

import io.carillon.events.ApiError;

/** Refuses one request of the server API. */
final class BadRequest extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ApiError error;

    BadRequest(ApiError error) {
        super(error.message(), null, false, false);
        this.error = error;
    }

    ApiError error() {
        return error;
    }
}
