package io.carillon.session;

import io.carillon.connection.Connection;
import io.carillon.connection.Connections;
import io.carillon.connection.Connections.Change;
import io.carillon.connection.Entry;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Changes what a connection's row says of its channels, lets it forget what is old enough, and sees to it that the
 * heartbeat looks when the first of them expires.
 */
final class RowChanges {

    /** How many ended subscriptions a row remembers, to tell a late command from a new one. */
    private static final int REMEMBERED = 32;

    private final Connections connections;

    RowChanges(Connections connections) {
        this.connections = connections;
    }

    /** Replaces one entry; false if it, or the connection, is not as it was read. */
    boolean swap(Connection connection, String channel, Optional<Entry> before, Entry after) {
        return !swapAll(connection, List.of(new Change(channel, before, after))).isEmpty();
    }

    /** Replaces entries, and gives the channels of those that were as they had been read. */
    Set<String> swapAll(Connection connection, List<Change> changes) {
        Set<String> swapped = connections.swapAll(connection.id(), changes, forgettable(connection, changes));
        changes.stream()
                .filter(change -> swapped.contains(change.channel()))
                .map(Change::after)
                .filter(after -> after.state() != Entry.State.LEFT && after.expireAt() > 0)
                .mapToLong(Entry::expireAt)
                .min()
                .ifPresent(first -> connections.expireBy(connection.id(), first));
        return swapped;
    }

    private static Set<String> forgettable(Connection connection, List<Change> changes) {
        Set<String> changed = changes.stream().map(Change::channel).collect(Collectors.toSet());
        return connection.subscriptions().entrySet().stream()
                .filter(one -> one.getValue().state() == Entry.State.LEFT)
                .sorted(Comparator.comparingLong(
                                (Map.Entry<String, Entry> one) -> one.getValue().command())
                        .reversed())
                .skip(REMEMBERED)
                .map(Map.Entry::getKey)
                .filter(channel -> !changed.contains(channel))
                .collect(Collectors.toSet());
    }
}
