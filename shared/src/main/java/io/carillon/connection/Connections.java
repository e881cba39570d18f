package io.carillon.connection;

import io.carillon.events.RawJson;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Keeps one row per connection. All reads by connection id are strongly consistent.
 *
 * <p>Safe for use by several threads and processes.
 */
public interface Connections {

    /** Number of slots that the heartbeat spreads the connections over: one is due each minute. */
    int SLOTS = 7;

    /** Records a socket that has just been accepted. */
    void open(Connection connection);

    /** Finds a connection's row. */
    Optional<Connection> find(String id);

    /** Finds the rows of several connections; those that have none are left out. */
    Map<String, Connection> findAll(Collection<String> ids);

    /**
     * Records who the connection belongs to, and what the server subscribes it to.
     *
     * @return false, and nothing is changed, if the connection is gone or was already established
     */
    boolean establish(Connection connection);

    /**
     * Notes that the mailboxes know of all that the connect reply names, and replaces the next expiry if it is still the
     * one that was read.
     *
     * @param before the next expiry as it was written, in seconds since 1970
     * @param later the next expiry to write, in seconds since 1970; 0 for never
     * @return the row as it now is; empty if the connection is gone
     */
    Optional<Connection> settle(String id, long before, long later);

    /**
     * Replaces the token's expiry, and the token's info if there is a new one. Call {@link #expireBy} afterwards.
     *
     * @return false, and nothing is changed, if the connection is gone
     */
    default boolean refresh(String id, long expireAt, Optional<RawJson> info) {
        return refresh(id, expireAt, info, Optional.empty());
    }

    /** Does the same, and replaces what tells the token from others if there is a new token. */
    boolean refresh(String id, long expireAt, Optional<RawJson> info, Optional<TokenStamp> token);

    /**
     * A change of the entry for one channel.
     *
     * @param before the entry as it was read; empty if there was none
     * @param after the entry to write
     */
    record Change(String channel, Optional<Entry> before, Entry after) {}

    /**
     * Replaces the entry for one channel, if it is still the one that was read. Entries of other channels may change at
     * the same time. Call {@link #expireBy} afterwards if the entry expires.
     *
     * @param before the entry as it was read; empty if there was none
     * @param after the entry to write
     * @param forget channels whose entries are old enough to be dropped
     * @return false, and nothing is changed, if the entry has changed meanwhile or the connection is gone
     */
    default boolean swap(String id, String channel, Optional<Entry> before, Entry after, Set<String> forget) {
        return !swapAll(id, List.of(new Change(channel, before, after)), forget).isEmpty();
    }

    /** Replaces the entries for several channels, however many entries there are then. */
    default Set<String> swapAll(String id, List<Change> changes, Set<String> forget) {
        return swapAll(id, changes, forget, EntryLimit.NONE);
    }

    /**
     * Replaces the entries for several channels, each if it is still the one that was read. One that has changed
     * meanwhile, or a limit that would be exceeded, may keep others from being replaced too: read the row, and try those
     * again. Call {@link #expireBy} afterwards if entries expire.
     *
     * @param changes only one for each channel; if there is none, entries are dropped all the same
     * @param forget channels whose entries are old enough to be dropped
     * @param limit how many entries there may be then
     * @return the channels whose entries were replaced; none if the connection is gone
     */
    Set<String> swapAll(String id, List<Change> changes, Set<String> forget, EntryLimit limit);

    /** Makes the next expiry no later than a moment in seconds since 1970; leaves an earlier one as it is. */
    void expireBy(String id, long moment);

    /**
     * Replaces the next expiry, if it is still the one that was read.
     *
     * @param before the next expiry as it was read, in seconds since 1970
     * @param later the next expiry to write, in seconds since 1970
     */
    void postpone(String id, long before, long later);

    /** Deletes a connection's row and returns what it held. Only one of several callers gets it. */
    Optional<Connection> close(String id);

    /** Lists the established connections of a user; rows written within the last second may be missing. */
    List<Connection> ofUser(String user);

    /** Gives the ids of all connections in a heartbeat slot (0 to {@link #SLOTS} - 1), page by page. */
    void inSlot(int slot, Consumer<List<String>> page);

    /** Gives the ids of the connections whose {@code nextExpiry} lies before a moment in seconds since 1970. */
    void expiring(long before, Consumer<List<String>> page);

    /** Visits every connection; for counts in the server API's {@code info}, not for anything frequent. */
    void all(Consumer<Connection> visitor);

    /** Notes that a user connects now, for a day. */
    void noteConnected(String user);

    /** When a user last connected, in milliseconds since 1970; 0 if nobody has noted it for a day. Strongly consistent. */
    long lastConnected(String user);

    /** Gives who may not connect, which is kept with the connections so that one call reads both. */
    Revocations revocations();
}
