package io.carillon.events;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import java.util.List;
import java.util.Map;

/**
 * What a successful request of the server API gives, named after its method.
 *
 * <p>Source: api.proto and generate_tags.sh of Centrifugo v6.9, which say what is written even when it is zero.
 */
public sealed interface ApiResult {

    /**
     * Answers {@code publish}; nothing in a channel without history.
     *
     * @param pushUid Carillon's own: names the mobile push of the publication; empty without one
     */
    record Publish(
            long offset,
            String epoch,
            @JsonProperty("push_uid") String pushUid) implements ApiResult {
        public Publish {
            epoch = Absent.text(epoch);
            pushUid = Absent.text(pushUid);
        }

        /** Answers for a publication without a mobile push. */
        public Publish(long offset, String epoch) {
            this(offset, epoch, "");
        }
    }

    /** Answers {@code broadcast}: one reply for each channel, in the order of the request. */
    record Broadcast(List<ApiReply> responses) implements ApiResult {
        public Broadcast {
            responses = Absent.list(responses);
        }
    }

    /** Answers {@code subscribe}. */
    record Subscribe() implements ApiResult {}

    /** Answers {@code unsubscribe}. */
    record Unsubscribe() implements ApiResult {}

    /** Answers {@code disconnect}. */
    record Disconnect() implements ApiResult {}

    /** Answers {@code refresh}. */
    record Refresh() implements ApiResult {}

    /** Answers {@code block_user}. */
    record BlockUser() implements ApiResult {}

    /** Answers {@code unblock_user}. */
    record UnblockUser() implements ApiResult {}

    /** Answers {@code revoke_token}. */
    record RevokeToken() implements ApiResult {}

    /** Answers {@code invalidate_user_tokens}. */
    record InvalidateUserTokens() implements ApiResult {}

    /** Answers {@code presence}: who is subscribed, by client id. */
    record Presence(@JsonInclude(Include.ALWAYS) Map<String, ClientInfo> presence) implements ApiResult {
        public Presence {
            presence = Absent.map(presence);
        }
    }

    /** Answers {@code presence_stats}. */
    record PresenceStats(
            @JsonInclude(Include.ALWAYS) @JsonProperty("num_clients")
            int numClients,

            @JsonInclude(Include.ALWAYS) @JsonProperty("num_users")
            int numUsers)
            implements ApiResult {}

    /** Answers {@code history}. The time of a publication is not part of the server API and is not written. */
    record History(
            @JsonInclude(Include.ALWAYS) @JsonIgnoreProperties("time")
            List<Publication> publications,

            @JsonInclude(Include.ALWAYS) String epoch,
            @JsonInclude(Include.ALWAYS) long offset)
            implements ApiResult {
        public History {
            publications = Absent.list(publications);
            epoch = Absent.text(epoch);
        }
    }

    /** Answers {@code history_remove}. */
    record HistoryRemove() implements ApiResult {}

    /** Answers {@code channels}: the channels that have subscribers. */
    record Channels(@JsonInclude(Include.ALWAYS) Map<String, ChannelInfo> channels) implements ApiResult {
        public Channels {
            channels = Absent.map(channels);
        }
    }

    /** Answers what concerns mobile push. */
    sealed interface Push extends ApiResult permits PushResult {}

    /** Answers {@code info}. */
    record Info(List<Node> nodes) implements ApiResult {
        public Info {
            nodes = Absent.list(nodes);
        }
    }

    /** Answers {@code batch}: one reply for each command, in the order of the request. */
    record Batch(
            @JsonSerialize(contentUsing = BatchReplySerializer.class)
            List<ApiReply> replies) implements ApiResult {
        public Batch {
            replies = Absent.list(replies);
        }
    }

    /** Says how many connections are subscribed to a channel. */
    record ChannelInfo(@JsonProperty("num_clients") int numClients) {}

    /** Describes a server; {@code uptime} is in seconds. */
    record Node(
            @JsonInclude(Include.ALWAYS) String uid,
            @JsonInclude(Include.ALWAYS) String name,
            @JsonInclude(Include.ALWAYS) String version,

            @JsonInclude(Include.ALWAYS) @JsonProperty("num_clients")
            int numClients,

            @JsonInclude(Include.ALWAYS) @JsonProperty("num_users")
            int numUsers,

            @JsonInclude(Include.ALWAYS) @JsonProperty("num_channels")
            int numChannels,

            long uptime,

            @JsonInclude(Include.ALWAYS) @JsonProperty("num_subs")
            int numSubs) {
        public Node {
            uid = Absent.text(uid);
            name = Absent.text(name);
            version = Absent.text(version);
        }
    }
}
