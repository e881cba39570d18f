package io.carillon.events;

import com.fasterxml.jackson.annotation.JsonInclude;

/** What the server sends without being asked. */
public sealed interface Push {

    /** A publication in a channel. */
    record Pub(Publication publication) implements Push {}

    /** Somebody subscribed. */
    record Join(ClientInfo info) implements Push {}

    /** Somebody is no longer subscribed. */
    record Leave(ClientInfo info) implements Push {}

    /** The server ended the subscription. */
    record Unsubscribed(
            int code,
            @JsonInclude(JsonInclude.Include.ALWAYS) String reason) implements Push {}

    /** The server subscribed the client. What it missed follows as publications, in order. */
    record Subscribed(boolean recoverable, String epoch, long offset, boolean positioned, RawJson data)
            implements Push {
        public Subscribed {
            epoch = Absent.text(epoch);
            data = Absent.json(data);
        }
    }

    /** A message to the connection as a whole. */
    record Message(RawJson data) implements Push {}

    /** The server is about to close the connection. */
    record Disconnected(
            int code,
            @JsonInclude(JsonInclude.Include.ALWAYS) String reason) implements Push {}
}
