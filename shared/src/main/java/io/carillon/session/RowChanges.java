package io.carillon.session;

import io.carillon.connection.Connection;
import io.carillon.connection.Connections;
import io.carillon.connection.Connections.Change;
import io.carillon.connection.Entry;
import io.carillon.connection.EntryLimit;
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
        return !swapAll(connection, List.of(new Change(channel, before, after)), EntryLimit.NONE)
                .isEmpty();
    }

    /**
     * Replaces entries so that the connection is subscribed, unless that made it more than {@code most} subscriptions.
     *
     * @return the channels of those that were replaced; read the row and try again if some were not
     */
    Set<String> subscribe(Connection connection, List<Change> changes, int most) {
        if (changes.stream().noneMatch(RowChanges::isOneMore)) {
            return swapAll(connection, changes, EntryLimit.NONE);
        }
        List<String> left = left(connection, changes);
        long added =
                changes.stream().filter(change -> change.before().isEmpty()).count();
        int excess = Math.toIntExact(connection.subscriptions().size() + added - most);
        if (excess > EntryLimit.MOST_SPARED) {
            connections.swapAll(connection.id(), List.of(), forgettable(connection, changes));
            return Set.of();
        }
        return swapAll(connection, changes, new EntryLimit(most, spared(left, excess)));
    }

    private static boolean isOneMore(Change change) {
        return change.before().map(entry -> entry.state() == Entry.State.LEFT).orElse(true);
    }

    /**
     * Spares half of those that need not be, too: so commands that run beside this one do not make it try again, neither
     * by adding to the row nor by coming back to what was left last.
     */
    private static Set<String> spared(List<String> left, int excess) {
        int count = excess <= 0 ? 0 : excess + (left.size() - excess) / 2;
        return left.stream().limit(Math.min(count, EntryLimit.MOST_SPARED)).collect(Collectors.toSet());
    }

    private Set<String> swapAll(Connection connection, List<Change> changes, EntryLimit limit) {
        Set<String> swapped = connections.swapAll(connection.id(), changes, forgettable(connection, changes), limit);
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
        List<String> left = left(connection, List.of());
        Set<String> changed = channels(changes);
        return left.stream()
                .limit(Math.max(0, left.size() - REMEMBERED))
                .filter(channel -> !changed.contains(channel))
                .collect(Collectors.toSet());
    }

    /** The channels that were left and are not changed, by the command that did it. */
    private static List<String> left(Connection connection, List<Change> changes) {
        Set<String> changed = channels(changes);
        return connection.subscriptions().entrySet().stream()
                .filter(one -> one.getValue().state() == Entry.State.LEFT)
                .filter(one -> !changed.contains(one.getKey()))
                .sorted(Comparator.comparingLong(one -> one.getValue().command()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Set<String> channels(List<Change> changes) {
        return changes.stream().map(Change::channel).collect(Collectors.toSet());
    }
}
