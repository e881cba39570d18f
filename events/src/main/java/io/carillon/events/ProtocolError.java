package io.carillon.events;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * Refuses one command and leaves the connection as it is. The codes and texts are those of Centrifugo, since its
 * client libraries act on them: a temporary error is tried again by the library itself.
 *
 * @param code 100 to 113 are the protocol's own; 400 to 1999 belong to the application
 * @param message short text for humans; always sent, since the Python client indexes it
 * @param temporary whether the same command may succeed when sent again
 */
public record ProtocolError(
        int code, @JsonInclude(JsonInclude.Include.ALWAYS) String message, boolean temporary) {

    public static final ProtocolError INTERNAL = new ProtocolError(100, "internal server error", true);
    public static final ProtocolError UNAUTHORIZED = new ProtocolError(101, "unauthorized", false);
    public static final ProtocolError UNKNOWN_CHANNEL = new ProtocolError(102, "unknown channel", false);
    public static final ProtocolError PERMISSION_DENIED = new ProtocolError(103, "permission denied", false);
    public static final ProtocolError METHOD_NOT_FOUND = new ProtocolError(104, "method not found", false);
    public static final ProtocolError ALREADY_SUBSCRIBED = new ProtocolError(105, "already subscribed", false);
    public static final ProtocolError LIMIT_EXCEEDED = new ProtocolError(106, "limit exceeded", false);
    public static final ProtocolError BAD_REQUEST = new ProtocolError(107, "bad request", false);
    public static final ProtocolError NOT_AVAILABLE = new ProtocolError(108, "not available", false);
    public static final ProtocolError TOKEN_EXPIRED = new ProtocolError(109, "token expired", false);
    public static final ProtocolError EXPIRED = new ProtocolError(110, "expired", false);
    public static final ProtocolError TOO_MANY_REQUESTS = new ProtocolError(111, "too many requests", true);
    public static final ProtocolError UNRECOVERABLE_POSITION = new ProtocolError(112, "unrecoverable position", false);
    public static final ProtocolError CONCURRENT_PAGINATION = new ProtocolError(113, "concurrent pagination", true);

    public ProtocolError {
        message = Absent.text(message);
    }
}
