package io.carillon.config;

/**
 * Says that a channel name cannot be used.
 *
 * @param code   error code for the client: 102 unknown channel, or 107 bad request
 * @param reason why, for the log
 */
public record RefusedChannel(int code, String reason) implements Resolution {

    /** The error code for a channel of a namespace that is not configured. */
    public static final int UNKNOWN_CHANNEL = 102;

    /** The error code for a name that no channel may have. */
    public static final int BAD_REQUEST = 107;
}
