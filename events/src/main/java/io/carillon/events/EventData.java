package io.carillon.events;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;

/**
 * What other systems are told that has happened: the {@code data} of a {@link CloudEvent}. Fields are only ever added to a
 * version; whatever else changes gets a type of its own, with the next number.
 */
public sealed interface EventData {

    /** The event's type, in reverse domain name form with its version. */
    @JsonIgnore
    default String type() {
        return switch (this) {
            case Publication event -> "io.carillon.publication.v1";
            case Join event -> "io.carillon.join.v1";
            case Leave event -> "io.carillon.leave.v1";
            case Occupied event -> "io.carillon.occupied.v1";
            case Vacated event -> "io.carillon.vacated.v1";
            case Connected event -> "io.carillon.connected.v1";
            case Disconnected event -> "io.carillon.disconnected.v1";
            case DeviceFailed event -> "io.carillon.device_failed.v1";
        };
    }

    /** The channel; empty where an event belongs to none. */
    default String channel() {
        return "";
    }

    /** The channel's namespace; empty where it has none. */
    default String namespace() {
        return "";
    }

    /** Who did it; empty for a backend, for an anonymous user, and where nobody did. */
    @JsonIgnore
    default String actor() {
        return switch (this) {
            case Publication event -> event.info().user();
            case Join event -> event.info().user();
            case Leave event -> event.info().user();
            case Connected event -> event.user();
            case Disconnected event -> event.user();
            case DeviceFailed event -> event.user();
            case Occupied event -> "";
            case Vacated event -> "";
        };
    }

    /**
     * Something was published, and the log holds it.
     *
     * @param epoch empty in channels without history, as {@code offset} is 0 there
     * @param info who published; absent for a backend
     */
    record Publication(
            String channel,
            String namespace,
            String epoch,
            long offset,
            RawJson data,
            ClientInfo info,
            Map<String, String> tags)
            implements EventData {
        public Publication {
            namespace = Absent.text(namespace);
            epoch = Absent.text(epoch);
            data = Absent.json(data);
            info = info == null ? ClientInfo.NONE : info;
            tags = Absent.map(tags);
        }
    }

    /** A client subscribed whose comings and goings the namespace announces ({@code join_leave}). */
    record Join(String channel, String namespace, ClientInfo info) implements EventData {
        public Join {
            namespace = Absent.text(namespace);
            info = info == null ? ClientInfo.NONE : info;
        }
    }

    /** Such a client unsubscribed, or its connection ended. */
    record Leave(String channel, String namespace, ClientInfo info) implements EventData {
        public Leave {
            namespace = Absent.text(namespace);
            info = info == null ? ClientInfo.NONE : info;
        }
    }

    /** A channel got its first subscriber. */
    record Occupied(String channel, String namespace) implements EventData {
        public Occupied {
            namespace = Absent.text(namespace);
        }
    }

    /** A channel lost its last subscriber. */
    record Vacated(String channel, String namespace) implements EventData {
        public Vacated {
            namespace = Absent.text(namespace);
        }
    }

    /** A client connected. */
    record Connected(
            @JsonInclude(JsonInclude.Include.ALWAYS) String user, String client) implements EventData {}

    /** A connection ended. */
    record Disconnected(
            @JsonInclude(JsonInclude.Include.ALWAYS) String user, String client) implements EventData {}

    /**
     * A device's provider no longer knows its token, and so the device is forgotten: the app was removed, or has a new
     * token that it has not told of.
     *
     * @param user whose device it was; empty for nobody's
     * @param device its id
     * @param provider such as {@code fcm}
     * @param platform such as {@code android}
     */
    record DeviceFailed(
            @JsonInclude(JsonInclude.Include.ALWAYS) String user, String device, String provider, String platform)
            implements EventData {}
}
