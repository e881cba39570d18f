package io.carillon.channel;

import io.carillon.events.Position;
import io.carillon.events.Publication;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Keeps each channel's log: who is next, what was published, and how many shards listen. The offset, the epoch and the
 * number of shards live in one item, so that one atomic update tells all three consistently.
 *
 * <p>All reads but one are strongly consistent. Safe for use by several threads and processes.
 */
public interface ChannelLog {

    /** Reads the log item; {@link LogState#UNUSED} if there is none or its epoch has expired. */
    LogState state(String channel);

    /** Reads the log item as it is, or was a moment ago: half the price of {@link #state}, for who can live with that. */
    default LogState stateLately(String channel) {
        return state(channel);
    }

    /** Tells how many shards listen, or did a moment ago. */
    default int shardsLately(String channel) {
        return stateLately(channel).shards();
    }

    /** Whether a log of this epoch goes on; if not, nobody may be told that it has all there is. Makes no call. */
    default boolean continues(String epoch) {
        return true;
    }

    /**
     * Gives out the next offset. Starts a new epoch if there is none, or the old one has expired.
     *
     * @param metaTtl how long the epoch outlives this moment
     */
    LogState reserve(String channel, Duration metaTtl);

    /**
     * Writes a publication at the offset that was reserved for it.
     *
     * @param ttl how long it can be read, which is longer than it counts as history
     * @return false if the offset was closed by a tombstone meanwhile: the publisher must reserve another
     */
    boolean put(String channel, String epoch, Publication publication, Duration ttl);

    /**
     * Writes a publication, and remembers its position under an idempotency key for five minutes, both or neither.
     *
     * @return what happened
     */
    PutOnce putOnce(String channel, String epoch, Publication publication, Duration ttl, String idempotencyKey);

    /** What became of a publication with an idempotency key. */
    enum PutOnce {
        /** Written. */
        WRITTEN,
        /** Another call with the same key came first; nothing was written. */
        REPEATED,
        /** The offset was closed by a tombstone; nothing was written. */
        CLOSED
    }

    /**
     * Remembers an idempotency key in a channel without history, where there is no publication to write.
     *
     * @return false if the key was used within the last five minutes
     */
    boolean claim(String channel, String idempotencyKey);

    /** Finds the position that a call with this key got within the last five minutes. */
    Optional<Position> earlier(String channel, String idempotencyKey);

    /**
     * Reads what stands at the offsets {@code from} to {@code to}, both included, in ascending order; offsets where
     * nothing was written yet, or that have expired long ago, are missing from the list.
     */
    List<LogRecord> read(String channel, String epoch, long from, long to);

    /**
     * Closes an offset that was given out but never written.
     *
     * @return false if a publication stands there after all
     */
    boolean tombstone(String channel, String epoch, long offset);

    /** Drops the history up to now; the position stays. */
    void remove(String channel);

    /**
     * Makes publications go to a shard, and to all below it, from the returned offset + 1 on. Starts an epoch if there
     * is none.
     */
    LogState openShard(String channel, int shard, Duration metaTtl);

    /**
     * Makes publications no longer go to a shard.
     *
     * @return false, and nothing is changed, if it is not the newest one
     */
    boolean closeShard(String channel, int shard);

    /** Visits every channel that has subscribers, with their number; for the server API's {@code channels}. */
    void occupied(BiConsumer<String, Integer> visitor);
}
