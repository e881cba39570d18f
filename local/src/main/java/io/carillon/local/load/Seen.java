package io.carillon.local.load;

import io.carillon.events.Position;

/** One thing that a client saw; {@code at} counts nanoseconds from the start of the run. */
sealed interface Seen {

    long at();

    /** The server accepted the connection; {@code client} is the id it gave. */
    record Connected(long at, String client) implements Seen {}

    /** The connection ended; {@code code} as the client library has it, {@link LoadClient#CUT} when the run cut it. */
    record Lost(long at, int code, String reason) implements Seen {}

    /**
     * The server answered a subscribe command.
     *
     * @param position where the reply says the client stands: after a recovery the one it asked for
     * @param recovering whether the client asked for what it missed
     * @param recovered whether the server says that it got all of it
     */
    record Subscribed(long at, String channel, Position position, boolean recovering, boolean recovered)
            implements Seen {}

    /** The server ended the subscription, for now or for good. */
    record Unsubscribed(long at, String channel, int code) implements Seen {}

    /** The client left the channel; what is under way may still come until it subscribes again. */
    record Left(long at, String channel) implements Seen {}

    /** A publication arrived. */
    record Received(long at, String channel, long offset, long digest, Way way) implements Seen {}

    /** The server refused a command; {@code channel} is empty for the connect command. */
    record Refused(long at, String channel, int code, String message) implements Seen {}

    /** How a publication came. */
    enum Way {
        /** In the reply to a subscribe command. */
        REPLY,
        /** As a push. */
        PUSH,
        /** As a push while the client was not subscribed, so that the client library drops it. */
        STRAY
    }
}
