package io.carillon.events;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.Instant;
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
    @JsonSubTypes.Type(value = Mail.Announce.class, name = "announce"),
    @JsonSubTypes.Type(value = Mail.Event.class, name = "event"),
})
public sealed interface Mail {

    /** Stands in a shard's place for the mailbox of what other systems are to be told about a channel. */
    int EVENTS = -1;

    /** The channel whose mailbox this is for. */
    String channel();

    /** The shard whose mailbox this is for, from 0; {@link #EVENTS} where it is for none. */
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

    /**
     * Other systems are to be told what stands at an offset of a log, or is about to: this is sent before the publication
     * is written.
     *
     * @param time when it was published, in milliseconds since 1970
     */
    record Announce(String channel, String epoch, long offset, long time) implements Mail {
        public Announce {
            Objects.requireNonNull(epoch, "epoch");
        }

        @Override
        public int shard() {
            return EVENTS;
        }
    }

    /**
     * An event that the topic did not take.
     *
     * @param channel empty for an event that belongs to none
     * @param id the event's
     * @param time the event's, in RFC 3339
     */
    record Event(
            String channel,
            String id,
            String time,

            @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, include = JsonTypeInfo.As.WRAPPER_OBJECT)
            @JsonSubTypes({
                @JsonSubTypes.Type(value = EventData.Publication.class, name = "publication"),
                @JsonSubTypes.Type(value = EventData.Join.class, name = "join"),
                @JsonSubTypes.Type(value = EventData.Leave.class, name = "leave"),
                @JsonSubTypes.Type(value = EventData.Occupied.class, name = "occupied"),
                @JsonSubTypes.Type(value = EventData.Vacated.class, name = "vacated"),
                @JsonSubTypes.Type(value = EventData.Connected.class, name = "connected"),
                @JsonSubTypes.Type(value = EventData.Disconnected.class, name = "disconnected"),
                @JsonSubTypes.Type(value = EventData.DeviceFailed.class, name = "device_failed"),
            })
            EventData data)
            implements Mail {
        public Event {
            channel = Absent.text(channel);
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(data, "data");
            Instant.parse(time);
        }

        /** Wraps an event. */
        public static Event of(CloudEvent event) {
            return new Event(event.data().channel(), event.id(), event.time(), event.data());
        }

        /** The event again. */
        public CloudEvent event() {
            return CloudEvent.of(id, Instant.parse(time), data);
        }

        @Override
        public int shard() {
            return EVENTS;
        }
    }
}
