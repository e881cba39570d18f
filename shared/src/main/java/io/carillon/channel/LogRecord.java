package io.carillon.channel;

import io.carillon.events.Publication;

/** What stands at one offset of a channel's log. */
public sealed interface LogRecord {

    long offset();

    /** A publication. */
    record Entry(Publication publication) implements LogRecord {
        @Override
        public long offset() {
            return publication.offset();
        }
    }

    /** An offset that was given out but whose publisher never came: closed, so that the order can go on. */
    record Tombstone(long offset) implements LogRecord {}
}
