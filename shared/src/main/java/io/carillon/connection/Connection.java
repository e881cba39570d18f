package io.carillon.connection;

import io.carillon.events.ClientInfo;
import io.carillon.events.RawJson;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * One connection as its row holds it. The row is the truth about what the connection is subscribed to; the
 * subscribers of a channel follow it through the channel's mailboxes.
 *
 * @param id API Gateway's connection id
 * @param established whether the {@code connect} command has been applied
 * @param client the id the client library was told
 * @param user the token's {@code sub}; empty for an anonymous user
 * @param info the token's {@code info}
 * @param meta the token's {@code meta}, never shown to clients
 * @param session names the session in the server API
 * @param connectedAt when the socket was opened, in milliseconds since 1970
 * @param expireAt when the token expires, in seconds since 1970; 0 for never
 * @param nextExpiry when the heartbeat must look at the connection, in seconds since 1970; 0 for never. Never later than
 *     what expires first, the connection or one of its subscriptions; it may be earlier, since only the heartbeat
 *     postpones it
 * @param settleBy when the mailboxes must have been told of the subscriptions that the connect reply names, in seconds
 *     since 1970; 0 once they have been. Whoever should have told them has died if it is past
 * @param subscriptions by channel
 * @param token tells the token that opened or last refreshed it from others
 */
public record Connection(
        String id,
        boolean established,
        String client,
        String user,
        RawJson info,
        RawJson meta,
        String session,
        long connectedAt,
        long expireAt,
        long nextExpiry,
        long settleBy,
        Map<String, Entry> subscriptions,
        TokenStamp token) {

    /** How long a socket may take to say who it is, in seconds. */
    private static final long STALE_AFTER = 15;

    /** A connection whose token cannot be told from others. */
    public Connection(
            String id,
            boolean established,
            String client,
            String user,
            RawJson info,
            RawJson meta,
            String session,
            long connectedAt,
            long expireAt,
            long nextExpiry,
            long settleBy,
            Map<String, Entry> subscriptions) {
        this(
                id,
                established,
                client,
                user,
                info,
                meta,
                session,
                connectedAt,
                expireAt,
                nextExpiry,
                settleBy,
                subscriptions,
                TokenStamp.NONE);
    }

    /** A socket that has been accepted but has not yet said who it is; it expires soon if it never does. */
    public static Connection opened(String id, long connectedAt) {
        long staleAt = connectedAt / 1000 + STALE_AFTER;
        return new Connection(id, false, "", "", RawJson.NONE, RawJson.NONE, "", connectedAt, 0, staleAt, 0, Map.of());
    }

    /** Finds the entry for a channel; there is none if the connection was never subscribed to it. */
    public Optional<Entry> subscription(String channel) {
        return Optional.ofNullable(subscriptions.get(channel));
    }

    /** The same connection with another entry for one channel. */
    public Connection with(String channel, Entry entry) {
        Map<String, Entry> changed = new HashMap<>(subscriptions);
        changed.put(channel, entry);
        return with(changed, nextExpiry, settleBy);
    }

    /** The same connection with what the connect reply names, and the moment by which it must be true. */
    public Connection promising(Map<String, Entry> promised, long by) {
        long first = nextExpiry == 0 ? by : Math.min(nextExpiry, by);
        return with(promised, first, by);
    }

    private Connection with(Map<String, Entry> changed, long next, long by) {
        return new Connection(
                id,
                established,
                client,
                user,
                info,
                meta,
                session,
                connectedAt,
                expireAt,
                next,
                by,
                Map.copyOf(changed),
                token);
    }

    /** Says whether the connection is subscribed to each of these channels. */
    public boolean isSubscribedTo(Set<String> channels) {
        return channels.stream()
                .allMatch(channel -> subscription(channel)
                        .map(entry -> entry.state() != Entry.State.LEFT)
                        .orElse(false));
    }

    /** The channels that the connection is subscribed to because its token said so. */
    public Set<String> grantedByToken() {
        return subscriptions.entrySet().stream()
                .filter(one -> one.getValue().source() == Entry.Source.TOKEN
                        && one.getValue().state() != Entry.State.LEFT)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Counts the channels that the connection is subscribed to. */
    public long subscriptionCount() {
        return subscriptions.values().stream()
                .filter(entry -> entry.state() != Entry.State.LEFT)
                .count();
    }

    /** Finds the earliest moment at which the connection or a subscription expires, in seconds since 1970; 0 for never. */
    public long earliestExpiry() {
        LongStream subscribed = subscriptions.values().stream()
                .filter(entry -> entry.state() != Entry.State.LEFT)
                .mapToLong(Entry::expireAt);
        return LongStream.concat(LongStream.of(expireAt), subscribed)
                .filter(moment -> moment > 0)
                .min()
                .orElse(0);
    }

    /** Says who this is, as others see it. */
    public ClientInfo clientInfo(RawJson chanInfo) {
        return new ClientInfo(user, client, info, chanInfo);
    }
}
