package io.carillon.delivery;

import io.carillon.events.ClientInfo;
import io.carillon.events.Position;
import io.carillon.events.SubscribeOptions;
import java.time.Duration;

/**
 * One connection in one shard of a channel.
 *
 * @param connection the connection's id
 * @param revision the revision of the connection's entry that put it here
 * @param info who it is
 * @param options what holds for this subscription
 * @param since how far its mailbox had been delivered when it was let in; what it is sent starts after that
 * @param away whether it was told to subscribe again: nothing is posted to it until it does
 * @param arriving whether its answer may not have been posted yet, in a channel without history: what is published must
 *     then come after it through the mailbox
 * @param expireAt when the row is void even if nobody removed it, in seconds since 1970
 */
public record Subscriber(
        String connection,
        long revision,
        ClientInfo info,
        SubscribeOptions options,
        Position since,
        boolean away,
        boolean arriving,
        long expireAt) {

    /** How long a row may stay: API Gateway ends a connection after two hours. */
    public static final Duration LIFETIME = Duration.ofMinutes(130);

    /** The same subscriber, told to subscribe again. */
    public Subscriber goneAway() {
        return new Subscriber(connection, revision, info, options, since, true, false, expireAt);
    }

    /** The same subscriber, whose answer has been posted. */
    Subscriber answered() {
        return new Subscriber(connection, revision, info, options, since, away, false, expireAt);
    }

    /**
     * Says whether this subscriber is to be sent what follows a position. It is not if it was let in later than that, by
     * a delivery that failed: its subscribe command is going to be carried out again, and answered first.
     */
    boolean hears(Position delivered) {
        return !away && since.epoch().equals(delivered.epoch()) && since.offset() <= delivered.offset();
    }
}
