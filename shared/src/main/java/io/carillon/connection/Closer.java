package io.carillon.connection;

import io.carillon.delivery.Mailboxes;
import io.carillon.delivery.Mailboxes.Letter;
import io.carillon.events.Mail;
import io.carillon.metrics.Measure;
import io.carillon.metrics.Metrics;
import io.carillon.parallel.Parallel;
import io.carillon.topic.Announcements;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
    private final Metrics metrics;
    private final Announcements announcements;

    /** Forgets, and counts nothing. */
    public Closer(Connections connections, Mailboxes mailboxes) {
        this(connections, mailboxes, Metrics.NONE);
    }

    /** Forgets, and counts what has ended. */
    public Closer(Connections connections, Mailboxes mailboxes, Metrics metrics) {
        this(connections, mailboxes, metrics, Announcements.none());
    }

    /** Forgets, counts what has ended, and tells of it. */
    public Closer(Connections connections, Mailboxes mailboxes, Metrics metrics, Announcements announcements) {
        this.announcements = announcements;
        this.connections = connections;
        this.mailboxes = mailboxes;
        this.metrics = metrics;
    }

    /**
     * Forgets a connection.
     *
     * @return false if somebody else did before
     */
    public boolean forget(String id) {
        // Words first: should they fail, the row is still there for the next one who tries.
        Optional<Connection> before = connections.find(id);
        before.ifPresent(connection -> {
            send(farewells(connection));
            announcements.disconnected(List.of(connection));
        });
        return close(id, before);
    }

    private boolean close(String id, Optional<Connection> before) {
        Optional<Connection> closed = connections.close(id);
        closed.ifPresent(connection -> {
            metrics.count(Measure.CONNECTIONS_CLOSED);
            List<Letter> meanwhile = new ArrayList<>(farewells(connection));
            before.ifPresent(known -> meanwhile.removeAll(farewells(known)));
            send(meanwhile);
            if (before.filter(Connection::established).isEmpty()) {
                announcements.disconnected(List.of(connection));
            }
        });
        return closed.isPresent();
    }

    /**
     * Forgets connections that were found gone, with as few calls as that takes: when a network fails, a whole shard goes
     * at once.
     *
     * @return the ids of those that nobody has forgotten before
     */
    public Set<String> forgetAll(Collection<String> ids) {
        Map<String, Connection> rows = connections.findAll(ids);
        send(rows.values().stream().flatMap(row -> farewells(row).stream()).toList());
        announcements.disconnected(rows.values());
        Parallel.map(List.copyOf(rows.values()), row -> {
            close(row.id(), Optional.of(row));
            return true;
        });
        return rows.keySet();
    }

    /**
     * Forgets connections that were found gone by who posted to the subscribers of a shard. Should somebody else have
     * forgotten one and their farewell to that mailbox be lost, another one takes its place.
     */
    public void forgetFrom(String channel, int shard, Collection<String> ids) {
        Set<String> forgotten = forgetAll(ids);
        send(ids.stream()
                .filter(id -> !forgotten.contains(id))
                .map(id -> farewell(channel, shard, id))
                .toList());
    }

    private void send(List<Letter> letters) {
        if (!letters.isEmpty()) {
            mailboxes.send(letters);
        }
    }

    private static List<Letter> farewells(Connection connection) {
        return connection.subscriptions().entrySet().stream()
                .filter(subscription -> subscription.getValue().state() != Entry.State.LEFT)
                .map(subscription -> farewell(connection.id(), subscription.getKey(), subscription.getValue()))
                .toList();
    }

    /** Each revision has a farewell of its own, so that one who came back in between is not taken for a repeat. */
    private static Letter farewell(String id, String channel, Entry entry) {
        Mail mail = new Mail.Unsubscribe(channel, entry.shard(), id, CLOSED, 0, "");
        return new Letter(mail, id + ":closed:" + entry.revision());
    }

    /** Asks one mailbox to drop the subscriber, whatever revision it has. */
    public static Letter farewell(String channel, int shard, String connection) {
        return new Letter(new Mail.Unsubscribe(channel, shard, connection, CLOSED, 0, ""), connection + ":closed");
    }
}
