package io.carillon.delivery;

import io.carillon.events.Position;

/**
 * How far one mailbox has been delivered. Only the mailbox's deliverer writes it.
 *
 * @param delivered the last offset that the shard's subscribers have been sent, in its epoch
 * @param size how many subscribers the shard holds
 * @param open whether publications go to this shard
 * @param version counts the writes, so that a deliverer that was overtaken notices
 */
public record ShardState(Position delivered, int size, boolean open, long version) {

    /** A shard that was never used. */
    public static final ShardState UNUSED = new ShardState(Position.NONE, 0, false, 0);
}
