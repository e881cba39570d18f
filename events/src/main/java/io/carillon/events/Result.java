package io.carillon.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;

/** What a successful command's reply holds, named after its command. */
public sealed interface Result {

    /**
     * Answers {@code connect}. Times are in seconds; {@code ping} 0 means that no ping will come.
     *
     * @param subs what the server subscribes the client to, by channel; others may follow as pushes
     */
    record Connect(
            String client,
            String version,
            boolean expires,
            long ttl,
            RawJson data,
            long ping,
            String session,
            String node,
            Map<String, Subscribe> subs)
            implements Result {
        public Connect {
            client = Absent.text(client);
            version = Absent.text(version);
            data = Absent.json(data);
            session = Absent.text(session);
            node = Absent.text(node);
            subs = Absent.map(subs);
        }
    }

    /**
     * Answers {@code subscribe}. After a recovery {@code offset} is the one that was asked for and
     * {@code publications} (oldest first) lead on from it; otherwise {@code offset} is the log's top.
     */
    record Subscribe(
            boolean expires,
            long ttl,
            boolean recoverable,
            String epoch,
            List<Publication> publications,
            boolean recovered,
            long offset,
            boolean positioned,
            RawJson data,
            @JsonProperty("was_recovering") boolean wasRecovering)
            implements Result {
        public Subscribe {
            epoch = Absent.text(epoch);
            publications = Absent.list(publications);
            data = Absent.json(data);
        }
    }

    /** Answers {@code unsubscribe}. */
    record Unsubscribe() implements Result {}

    /** Answers {@code publish}. */
    record Publish() implements Result {}

    /** Answers {@code presence}: who is subscribed, by client id. */
    record Presence(@JsonInclude(JsonInclude.Include.ALWAYS) Map<String, ClientInfo> presence) implements Result {
        public Presence {
            presence = Absent.map(presence);
        }
    }

    /** Answers {@code presence_stats}. */
    record PresenceStats(
            @JsonInclude(JsonInclude.Include.ALWAYS) @JsonProperty("num_clients")
            int numClients,

            @JsonInclude(JsonInclude.Include.ALWAYS) @JsonProperty("num_users")
            int numUsers)
            implements Result {}

    /** Answers {@code history}. */
    record History(
            @JsonInclude(JsonInclude.Include.ALWAYS) List<Publication> publications,
            @JsonInclude(JsonInclude.Include.ALWAYS) String epoch,
            @JsonInclude(JsonInclude.Include.ALWAYS) long offset)
            implements Result {
        public History {
            publications = Absent.list(publications);
            epoch = Absent.text(epoch);
        }
    }

    /** Answers {@code rpc}. */
    record Rpc(RawJson data) implements Result {
        public Rpc {
            data = Absent.json(data);
        }
    }

    /** Answers {@code refresh}. */
    record Refresh(String client, String version, boolean expires, long ttl) implements Result {
        public Refresh {
            client = Absent.text(client);
            version = Absent.text(version);
        }
    }

    /** Answers {@code sub_refresh}. */
    record SubRefresh(boolean expires, long ttl) implements Result {}
}
