package io.carillon.events;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;

/**
 * What a backend asks for through the server API: one of Centrifugo's methods.
 *
 * <p>Unknown fields are ignored. So is {@code delta}, which only spares bytes. A field whose silent loss would break
 * what its sender relies on is not: {@code version} and {@code version_epoch} (publications older than what is already
 * there are dropped), {@code label_filter} and {@code all_users} (who is meant) make the request {@link Invalid}.
 *
 * <p>Source: api.proto of Centrifugo v6.9; for blocking and revoking, the documentation of Centrifugo PRO v6.9.
 */
public sealed interface ApiRequest {

    /**
     * Reads the body of {@code POST /api/{method}}; an empty body is an empty object.
     *
     * @return {@link Unknown} for a method that Carillon does not have, {@link Invalid} for a request that must be
     *     answered with error 107
     * @throws MalformedJson if the body is not JSON or does not fit the method; Centrifugo answers HTTP status 400
     */
    static ApiRequest read(String method, String body) {
        return ApiRequestReader.read(method, body.isBlank() ? "{}" : body);
    }

    /**
     * Reads one of several requests, as {@link #read} does; what is wrong with it is its own affair, so one that is not
     * JSON or does not fit the method is {@link Invalid}.
     */
    static ApiRequest readOneOfSeveral(String method, String body) {
        try {
            return read(method, body);
        } catch (MalformedJson e) {
            return new Invalid(e.getMessage());
        }
    }

    /** Publishes to one channel. */
    record Publish(
            String channel,
            RawJson data,
            String b64data,
            @JsonProperty("skip_history") boolean skipHistory,
            Map<String, String> tags,
            @JsonProperty("idempotency_key") String idempotencyKey,
            PublicationPush push)
            implements ApiRequest {
        public Publish {
            push = push == null ? PublicationPush.NONE : push;
            channel = Absent.text(channel);
            data = Absent.json(data);
            b64data = Absent.text(b64data);
            tags = Absent.map(tags);
            idempotencyKey = Absent.text(idempotencyKey);
        }

        /**
         * Gives {@code b64data} decoded if there is one, and else {@code data}; empty when there is neither.
         *
         * @throws MalformedJson if {@code b64data} is not JSON in base64: answer error 107, as Carillon's frames are text
         */
        public RawJson payload() {
            return Base64Json.prefer(b64data, data);
        }
    }

    /** Publishes the same to several channels, each of which has an answer of its own. */
    record Broadcast(
            List<String> channels,
            RawJson data,
            String b64data,
            @JsonProperty("skip_history") boolean skipHistory,
            Map<String, String> tags,
            @JsonProperty("idempotency_key") String idempotencyKey,
            PublicationPush push)
            implements ApiRequest {
        public Broadcast {
            push = push == null ? PublicationPush.NONE : push;
            channels = Absent.list(channels);
            data = Absent.json(data);
            b64data = Absent.text(b64data);
            tags = Absent.map(tags);
            idempotencyKey = Absent.text(idempotencyKey);
        }

        /** Gives the payload, as {@link Publish#payload()} does. */
        public RawJson payload() {
            return Base64Json.prefer(b64data, data);
        }

        /** Gives the publish to one of the channels. */
        public Publish to(String channel) {
            return new Publish(channel, data, b64data, skipHistory, tags, idempotencyKey, push);
        }
    }

    /**
     * Subscribes a user's connections to a channel.
     *
     * @param client only the connection of this client id, if not empty
     * @param session only the connection of this session id, if not empty
     * @param expireAt when the subscription ends, in seconds since 1970; 0 for never
     * @param recoverSince sends what was published after this position; {@link Position#NONE} for nothing
     */
    record Subscribe(
            String channel,
            String user,
            String client,
            String session,
            RawJson info,
            String b64info,
            RawJson data,
            String b64data,
            @JsonProperty("expire_at") long expireAt,

            @JsonProperty("recover_since") Position recoverSince,

            SubscribeOverride override)
            implements ApiRequest {
        public Subscribe {
            channel = Absent.text(channel);
            user = Absent.text(user);
            client = Absent.text(client);
            session = Absent.text(session);
            info = Absent.json(info);
            b64info = Absent.text(b64info);
            data = Absent.json(data);
            b64data = Absent.text(b64data);
            recoverSince = recoverSince == null ? Position.NONE : recoverSince;
            override = override == null ? SubscribeOverride.NONE : override;
        }

        /** Gives the subscription's data, as {@link Publish#payload()} does. */
        public RawJson payload() {
            return Base64Json.prefer(b64data, data);
        }

        /** Gives the subscription's info, as {@link Publish#payload()} does. */
        public RawJson channelInfo() {
            return Base64Json.prefer(b64info, info);
        }
    }

    /** Unsubscribes a user's connections from a channel. */
    record Unsubscribe(String channel, String user, String client, String session) implements ApiRequest {
        public Unsubscribe {
            channel = Absent.text(channel);
            user = Absent.text(user);
            client = Absent.text(client);
            session = Absent.text(session);
        }
    }

    /**
     * Closes a user's connections.
     *
     * @param whitelist client ids that stay connected
     * @param disconnect what the clients are told; {@link io.carillon.events.Disconnect#FORCE_DISCONNECT} by default
     */
    record Disconnect(
            String user,
            String client,
            String session,
            List<String> whitelist,
            io.carillon.events.Disconnect disconnect)
            implements ApiRequest {
        public Disconnect {
            user = Absent.text(user);
            client = Absent.text(client);
            session = Absent.text(session);
            whitelist = Absent.list(whitelist);
            disconnect = disconnect == null ? io.carillon.events.Disconnect.FORCE_DISCONNECT : disconnect;
        }
    }

    /**
     * Moves the expiry of a user's connections.
     *
     * @param expired closes them now, as expired
     * @param expireAt the new expiry, in seconds since 1970; 0 for never
     * @param info replaces the connection's info, if there is any
     */
    record Refresh(
            String user,
            String client,
            String session,
            boolean expired,
            @JsonProperty("expire_at") long expireAt,
            RawJson info)
            implements ApiRequest {
        public Refresh {
            user = Absent.text(user);
            client = Absent.text(client);
            session = Absent.text(session);
            info = Absent.json(info);
        }
    }

    /**
     * Keeps a user out, and closes the user's connections.
     *
     * @param expireAt when the block ends, in seconds since 1970; 0 for never
     */
    record BlockUser(String user, @JsonProperty("expire_at") long expireAt) implements ApiRequest {
        public BlockUser {
            user = Absent.text(user);
        }
    }

    /** Lets a blocked user in again. */
    record UnblockUser(String user) implements ApiRequest {
        public UnblockUser {
            user = Absent.text(user);
        }
    }

    /**
     * Makes one connection token worthless, and closes the connections that came with it.
     *
     * @param uid the token's {@code jti}
     * @param expireAt when this may be forgotten, in seconds since 1970; 0 for never
     */
    record RevokeToken(
            String uid, @JsonProperty("expire_at") long expireAt) implements ApiRequest {
        public RevokeToken {
            uid = Absent.text(uid);
        }
    }

    /**
     * Makes a user's older connection tokens worthless, and closes the connections that came with them.
     *
     * @param issuedBefore tokens whose {@code iat} is earlier, in seconds since 1970; 0 for the present
     * @param expireAt when this may be forgotten, in seconds since 1970; 0 for never
     * @param channel only the subscription tokens of this channel, which Carillon does not do
     */
    record InvalidateUserTokens(
            String user,
            @JsonProperty("issued_before") long issuedBefore,
            @JsonProperty("expire_at") long expireAt,
            String channel)
            implements ApiRequest {
        public InvalidateUserTokens {
            user = Absent.text(user);
            channel = Absent.text(channel);
        }
    }

    /** Asks who is subscribed. */
    record Presence(String channel) implements ApiRequest {
        public Presence {
            channel = Absent.text(channel);
        }
    }

    /** Asks how many are subscribed. */
    record PresenceStats(String channel) implements ApiRequest {
        public PresenceStats {
            channel = Absent.text(channel);
        }
    }

    /** Reads a channel's log: {@code limit} 0 asks only for the position, a negative one for all there is. */
    record History(String channel, int limit, Position since, boolean reverse) implements ApiRequest {

        public History {
            channel = Absent.text(channel);
            since = since == null ? Position.NONE : since;
        }
    }

    /** Empties a channel's log. */
    record HistoryRemove(String channel) implements ApiRequest {
        public HistoryRemove {
            channel = Absent.text(channel);
        }
    }

    /** Lists the channels that have subscribers; {@code pattern} is a glob, empty for all. */
    record Channels(String pattern) implements ApiRequest {
        public Channels {
            pattern = Absent.text(pattern);
        }
    }

    /** Concerns mobile push. */
    sealed interface Push extends ApiRequest permits PushRequest {}

    /** Asks about the server. */
    record Info() implements ApiRequest {}

    /**
     * Several requests in one, answered in the same order. None of them is a batch itself.
     *
     * @param parallel whether they may be carried out at the same time
     */
    record Batch(List<ApiRequest> commands, boolean parallel) implements ApiRequest {
        public Batch {
            commands = Absent.list(commands);
        }
    }

    /** Names a method that Carillon does not have; answer {@link ApiError#NOT_FOUND}. */
    record Unknown(String method) implements ApiRequest {}

    /** Asks for what Carillon does not do, or not in this form; answer {@link ApiError#badRequest(String)}. */
    record Invalid(String reason) implements ApiRequest {}
}
