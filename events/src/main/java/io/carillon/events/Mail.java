package io.carillon.events;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.Objects;

/**
 * What a shard's mailbox holds, in the order in which its deliverer carries it out. Written as an object with one
 * field that names the kind, so that raw payloads are read in place.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
@JsonSubTypes({
    @JsonSubTypes.Type(value = Mail.Published.class, name = "published"),
    @JsonSubTypes.Type(value = Mail.Subscribe.class, name = "subscribe"),
    @JsonSubTypes.Type(value = Mail.Unsubscribe.class, name = "unsubscribe"),
    @JsonSubTypes.Type(value = Mail.Joined.class, name = "joined"),
    @JsonSubTypes.Type(value = Mail.Left.class, name = "left"),
    @JsonSubTypes.Type(value = Mail.Settle.class, name = "settle"),
})
public sealed interface Mail {

    /** The channel whose mailbox this is for. */
    String channel();

    /** The shard whose mailbox this is for, from 0. */
    int shard();

    /**
     * A publication to deliver. {@code epoch} is empty in channels without history. When the payload is too large to
     * be copied into every mailbox, {@code publication} has an offset but no data, and the deliverer reads the log.
     */
    record Published(String channel, int shard, String epoch, Publication publication) implements Mail {
        public Published {
            Objects.requireNonNull(publication, "publication");
            epoch = Absent.text(epoch);
        }
    }

    /**
     * A subscriber to add, or to bring up to date after a loss.
     *
     * @param connection the connection's id
     * @param revision the revision of the connection's own entry for this channel that asked for this; when the entry
     *     has moved on, this mail is void
     * @param command the id to reply to; 0 when the server subscribes the client, which gets a push instead
     * @param info who subscribes
     * @param recover where the client stopped reading, if it wants to go on from there
     * @param options what holds for this one subscription
     * @param data what the reply carries for the application
     * @param answered where the connect reply has already told the client to stand, which then gets no other answer but
     *     what came after; {@link Position#NONE} if it waits for one
     */
    record Subscribe(
            String channel,
            int shard,
            String connection,
            long revision,
            long command,
            ClientInfo info,
            Request.Recover recover,
            SubscribeOptions options,
            RawJson data,
            Position answered)
            implements Mail {
        public Subscribe {
            Objects.requireNonNull(connection, "connection");
            info = info == null ? ClientInfo.NONE : info;
            recover = recover == null ? Request.Recover.NO : recover;
            options = options == null ? SubscribeOptions.NONE : options;
            data = Absent.json(data);
            answered = answered == null ? Position.NONE : answered;
        }

        /** The same for another shard's mailbox. */
        public Subscribe to(int other) {
            return new Subscribe(channel, other, connection, revision, command, info, recover, options, data, answered);
        }
    }

    /**
     * A subscriber to remove.
     *
     * @param revision the revision of the connection's entry that ended the subscription; an older subscriber goes
     * @param push the unsubscribe push to send; code 0 sends none
     */
    record Unsubscribe(String channel, int shard, String connection, long revision, int code, String reason)
            implements Mail {
        public Unsubscribe {
            Objects.requireNonNull(connection, "connection");
            reason = Absent.text(reason);
        }
    }

    /** Somebody subscribed in another shard. */
    record Joined(String channel, int shard, ClientInfo info) implements Mail {
        public Joined {
            info = info == null ? ClientInfo.NONE : info;
        }
    }

    /** Somebody left in another shard. */
    record Left(String channel, int shard, ClientInfo info) implements Mail {
        public Left {
            info = info == null ? ClientInfo.NONE : info;
        }
    }

    /** A higher shard closed: see whether this one is empty too. */
    record Settle(
            String channel,
            int shard,
            @JsonProperty("closed") int closed) implements Mail {}
}
