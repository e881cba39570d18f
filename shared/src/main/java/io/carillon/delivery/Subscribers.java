package io.carillon.delivery;

import java.util.List;
import java.util.Optional;

/**
 * Keeps the subscribers of each shard. Reads are strongly consistent and leave out expired rows.
 *
 * <p>Safe for use by several threads and processes.
 */
public interface Subscribers {

    /** Lists the subscribers of a shard. */
    List<Subscriber> in(String channel, int shard);

    /**
     * Lists the subscribers of a shard if they are few, and reads no more than it takes to see that.
     *
     * @return empty if there are more than {@code most}, counting those that have expired
     */
    Optional<List<Subscriber>> few(String channel, int shard, int most);

    /** Finds a subscriber of a shard. */
    Optional<Subscriber> find(String channel, int shard, String connection);

    /** Writes a subscriber's row over the one it may have had. */
    void put(String channel, int shard, Subscriber subscriber);

    /** Deletes a subscriber's row, if there is one. */
    void remove(String channel, int shard, String connection);
}
