package io.carillon.events;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * Refuses one request of the server API. Unlike a {@link ProtocolError} it does not say whether to try again.
 *
 * <p>Source: internal/apiproto/errors.go of Centrifugo v6.9.
 */
public record ApiError(
        int code, @JsonInclude(JsonInclude.Include.ALWAYS) String message) {

    public static final ApiError INTERNAL = new ApiError(100, "internal server error");
    public static final ApiError UNKNOWN_CHANNEL = new ApiError(102, "unknown channel");
    public static final ApiError NOT_FOUND = new ApiError(104, "not found");
    public static final ApiError LIMIT_EXCEEDED = new ApiError(106, "limit exceeded");
    public static final ApiError BAD_REQUEST = new ApiError(107, "bad request");
    public static final ApiError NOT_AVAILABLE = new ApiError(108, "not available");
    public static final ApiError TOO_MANY_REQUESTS = new ApiError(111, "too many requests");
    public static final ApiError UNRECOVERABLE_POSITION = new ApiError(112, "unrecoverable position");

    public static final ApiError CONFLICT = new ApiError(113, "conflict");

    public ApiError {
        message = Absent.text(message);
    }

    /** Gives error 107, with what to do about it. */
    public static ApiError badRequest(String reason) {
        return new ApiError(BAD_REQUEST.code, BAD_REQUEST.message + ": " + reason);
    }

    /** Gives error 106, with what was too much. */
    public static ApiError limitExceeded(String reason) {
        return new ApiError(LIMIT_EXCEEDED.code, LIMIT_EXCEEDED.message + ": " + reason);
    }

    /** Gives the same refusal in the server API's words. */
    public static ApiError of(ProtocolError error) {
        return error.code() == NOT_FOUND.code ? NOT_FOUND : new ApiError(error.code(), error.message());
    }

    /**
     * Gives the HTTP status for a caller that asked for errors in the transport's way, by the header
     * {@code X-Centrifugo-Error-Mode: transport}; the answer's body is then the error alone. Codes 103, 106 and 111,
     * which Centrifugo's server API does not have, get the status that HTTP has for them.
     */
    public int httpStatus() {
        return switch (code) {
            case 102, 104 -> 404;
            case 103 -> 403;
            case 106, 107, 108 -> 400;
            case 111 -> 429;
            case 112 -> 416;
            case 113 -> 409;
            default -> 500;
        };
    }
}
