package io.carillon.channel;

import io.carillon.events.Position;

/**
 * What a channel's log item says.
 *
 * @param top the last offset given out, in the current epoch
 * @param floor offsets up to this one were removed on request
 * @param shards how many shards a publication goes to; 0 when nobody listens
 */
public record LogState(Position top, long floor, int shards) {

    /** A channel that nobody has used yet. */
    public static final LogState UNUSED = new LogState(Position.NONE, 0, 0);

    public String epoch() {
        return top.epoch();
    }

    public long offset() {
        return top.offset();
    }
}
