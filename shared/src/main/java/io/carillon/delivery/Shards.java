package io.carillon.delivery;

/**
 * Keeps each shard's state. Reads are strongly consistent.
 *
 * <p>Safe for use by several threads and processes.
 */
public interface Shards {

    /** Reads a shard's state; {@link ShardState#UNUSED} if there is none. */
    ShardState load(String channel, int shard);

    /**
     * Writes a shard's state over the one with the version before it.
     *
     * @return false, and nothing is changed, if another deliverer wrote meanwhile
     */
    boolean save(String channel, int shard, ShardState state);
}
