package io.carillon.connection;

import java.util.HashSet;
import java.util.Set;

/**
 * How many entries a connection's row may have once it is changed.
 *
 * <p>A row holds entries that were left as well, and a store counts entries, not what they say. So a caller that wants to
 * limit the subscriptions spares those that it has seen to be {@link Entry.State#LEFT}, and the store sees to it that
 * they are still.
 *
 * @param most how many there may be besides those spared
 * @param spared channels whose entries do not count, and must all exist and be left; at most {@value #MOST_SPARED}
 */
public record EntryLimit(int most, Set<String> spared) {

    /** What an expression of DynamoDB has room for beside the changes themselves. */
    public static final int MOST_SPARED = 80;

    /** Any number. */
    public static final EntryLimit NONE = new EntryLimit(Integer.MAX_VALUE, Set.of());

    /** Refuses to spare too many. */
    public EntryLimit {
        if (spared.size() > MOST_SPARED) {
            throw new IllegalArgumentException("Only " + MOST_SPARED + " entries can be spared");
        }
        spared = Set.copyOf(spared);
    }

    /** Whether there is a limit at all. */
    public boolean isSet() {
        return most < Integer.MAX_VALUE;
    }

    /** The same limit once entries have been dropped. */
    public EntryLimit without(Set<String> dropped) {
        Set<String> kept = new HashSet<>(spared);
        kept.removeAll(dropped);
        return new EntryLimit(most, kept);
    }
}
