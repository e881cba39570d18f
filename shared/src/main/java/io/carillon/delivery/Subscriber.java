package io.carillon.delivery;

import io.carillon.events.ClientInfo;
import io.carillon.events.SubscribeOptions;
import java.time.Duration;

/**
 * One connection in one shard of a channel.
 *
 * @param connection the connection's id
 * @param revision the revision of the connection's entry that put it here
 * @param info who it is
 * @param options what holds for this subscription
 * @param away whether it was told to subscribe again: nothing is posted to it until it does
 * @param expireAt when the row is void even if nobody removed it, in seconds since 1970
 */
public record Subscriber(
        String connection, long revision, ClientInfo info, SubscribeOptions options, boolean away, long expireAt) {

    /** How long a row may stay: API Gateway ends a connection after two hours. */
    public static final Duration LIFETIME = Duration.ofMinutes(130);

    /** The same subscriber, told to subscribe again. */
    public Subscriber goneAway() {
        return new Subscriber(connection, revision, info, options, true, expireAt);
    }
}
