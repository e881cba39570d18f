package io.carillon.delivery;

import io.carillon.connection.Backoff;
import io.carillon.connection.Connections;
import io.carillon.connection.Entry;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Changes what connections' rows say of their subscriptions, as long as that is still what a mailbox knows. */
final class Entries {

    /** A change that leaves the revision as it is, such as a later expiry, can come in between. */
    private static final int ATTEMPTS = 20;

    private final Connections connections;

    Entries(Connections connections) {
        this.connections = connections;
    }

    Optional<Entry> find(String connection, String channel) {
        return connections.find(connection).flatMap(found -> found.subscription(channel));
    }

    /** Finds what several connections' rows say of a channel; those that say nothing are left out. */
    Map<String, Entry> findAll(Collection<String> ids, String channel) {
        Map<String, Entry> found = new HashMap<>();
        connections
                .findAll(ids)
                .forEach((id, connection) -> connection.subscription(channel).ifPresent(entry -> found.put(id, entry)));
        return found;
    }

    /**
     * Changes an active entry of a certain revision.
     *
     * @return false, and nothing is changed, if the connection has ended or its entry has moved on
     */
    boolean change(String id, String channel, long revision, UnaryOperator<Entry> change) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Entry> entry = find(id, channel)
                    .filter(found -> found.revision() == revision && found.state() == Entry.State.ACTIVE);
            if (entry.isEmpty()) {
                return false;
            }
            if (connections.swap(id, channel, entry, change.apply(entry.get()), Set.of())) {
                return true;
            }
            Backoff.pause(attempt);
        }
        throw new IllegalStateException("A connection's row never held still");
    }
}
