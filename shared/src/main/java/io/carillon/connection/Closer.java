package io.carillon.connection;

import io.carillon.delivery.Mailboxes;
import io.carillon.delivery.Mailboxes.Letter;
import io.carillon.events.Mail;
import java.util.List;
import java.util.Optional;

/**
 * Forgets a connection that has ended: deletes its row and asks each of its mailboxes to drop the subscriber. May be
 * called any number of times, by whoever learns of the end first.
 *
 * <p>Safe for use by several threads.
 */
public final class Closer {

    /** Revision of a farewell: later than any that a subscription can have. */
    public static final long CLOSED = Long.MAX_VALUE;

    private final Connections connections;
    private final Mailboxes mailboxes;

    public Closer(Connections connections, Mailboxes mailboxes) {
        this.connections = connections;
        this.mailboxes = mailboxes;
    }

    /**
     * Forgets a connection.
     *
     * @return false if somebody else did before
     */
    public boolean forget(String id) {
        Optional<Connection> closed = connections.close(id);
        closed.ifPresent(this::sayFarewell);
        return closed.isPresent();
    }

    private void sayFarewell(Connection connection) {
        try {
            mailboxes.send(farewells(connection));
        } catch (RuntimeException e) {
            // With its row gone nobody would know which mailboxes to tell; the heartbeat finds it again.
            connections.open(connection);
            throw e;
        }
    }

    private static List<Letter> farewells(Connection connection) {
        return connection.subscriptions().entrySet().stream()
                .filter(subscription -> subscription.getValue().state() != Entry.State.LEFT)
                .map(subscription ->
                        farewell(subscription.getKey(), subscription.getValue().shard(), connection.id()))
                .toList();
    }

    /** Asks one mailbox to drop the subscriber, whatever revision it has. */
    public static Letter farewell(String channel, int shard, String connection) {
        return new Letter(new Mail.Unsubscribe(channel, shard, connection, CLOSED, 0, ""), connection + ":closed");
    }
}
