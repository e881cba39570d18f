package io.carillon.events;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;

/**
 * What a client asks for: one of the Centrifugo client protocol's commands. Fields that Carillon does not read are
 * ignored, as every server of this protocol does, and so is a {@code null}. An offset below 0 is malformed. Tokens do not
 * show in {@code toString}.
 *
 * <p>Source: client.proto of the Centrifugo client protocol, v0.21.
 */
public sealed interface Request {

    /**
     * Opens the session: must be the first command of a connection.
     *
     * @param headers what a client in a browser would have sent as headers of its own
     */
    record Connect(
            String token,
            RawJson data,
            Map<String, Recover> subs,
            String name,
            String version,
            Map<String, String> headers)
            implements Request {
        public Connect {
            token = Absent.text(token);
            data = Absent.json(data);
            subs = Absent.map(subs);
            name = Absent.text(name);
            version = Absent.text(version);
            headers = Absent.map(headers);
        }

        @Override
        public String toString() {
            return "Connect[token=" + Hidden.text(token) + ", subs=" + subs.keySet() + "]";
        }
    }

    /** Says where a returning client stopped reading a server-side subscription. */
    record Recover(boolean recover, long offset, String epoch) {
        public Recover {
            Absent.requireOffset(offset);
            epoch = Absent.text(epoch);
        }

        /** Asks for nothing. */
        public static final Recover NO = new Recover(false, 0, "");
    }

    /** Joins a channel. {@code type} other than 0 (map, shared poll) is not supported. */
    record Subscribe(
            String channel,
            String token,
            boolean recover,
            String epoch,
            long offset,
            RawJson data,
            boolean positioned,
            boolean recoverable,
            @JsonProperty("join_leave") boolean joinLeave,
            int type,
            long flag)
            implements Request {

        /** Bit of {@code flag}: answer error 112 rather than subscribe with a gap. */
        public static final long REJECT_UNRECOVERED = 2;

        public Subscribe {
            Absent.requireOffset(offset);
            channel = Absent.text(channel);
            token = Absent.text(token);
            epoch = Absent.text(epoch);
            data = Absent.json(data);
        }

        @Override
        public String toString() {
            return "Subscribe[channel=" + channel + ", token=" + Hidden.text(token) + ", recover=" + recover
                    + ", epoch=" + epoch + ", offset=" + offset + "]";
        }
    }

    /** Leaves a channel. */
    record Unsubscribe(String channel) implements Request {
        public Unsubscribe {
            channel = Absent.text(channel);
        }
    }

    /** Publishes to a channel; {@code type} 1 (map) is not supported. */
    record Publish(String channel, RawJson data, int type) implements Request {
        public Publish {
            channel = Absent.text(channel);
            data = Absent.json(data);
        }
    }

    /** Asks who is subscribed. */
    record Presence(String channel) implements Request {
        public Presence {
            channel = Absent.text(channel);
        }
    }

    /** Asks how many are subscribed. */
    record PresenceStats(String channel) implements Request {
        public PresenceStats {
            channel = Absent.text(channel);
        }
    }

    /** Reads a channel's log: {@code limit} 0 asks only for the position, a negative one for all there is. */
    record History(String channel, int limit, Position since, boolean reverse) implements Request {
        public History {
            channel = Absent.text(channel);
            since = since == null ? Position.NONE : since;
        }
    }

    /** Calls a method of the application. */
    record Rpc(String method, RawJson data) implements Request {
        public Rpc {
            method = Absent.text(method);
            data = Absent.json(data);
        }
    }

    /** Sends a message that has no reply. */
    record Send(RawJson data) implements Request {
        public Send {
            data = Absent.json(data);
        }
    }

    /** Brings a new connection token before the old one expires. */
    record Refresh(String token) implements Request {
        public Refresh {
            token = Absent.text(token);
        }

        @Override
        public String toString() {
            return "Refresh[token=" + Hidden.text(token) + "]";
        }
    }

    /** Brings a new subscription token before the old one expires. */
    record SubRefresh(String channel, String token, int type) implements Request {
        public SubRefresh {
            channel = Absent.text(channel);
            token = Absent.text(token);
        }

        @Override
        public String toString() {
            return "SubRefresh[channel=" + channel + ", token=" + Hidden.text(token) + "]";
        }
    }

    /** Answers a server's ping. */
    record Pong() implements Request {}

    /** Is JSON, but none of the commands above. */
    record Unknown() implements Request {}
}
