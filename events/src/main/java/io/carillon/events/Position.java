package io.carillon.events;

/**
 * Names a place in a channel's log.
 *
 * @param offset count of publications so far in this epoch; 0 before the first
 * @param epoch identity of the log; a new epoch means a new log whose offsets say nothing about the old one
 */
public record Position(long offset, String epoch) {

    /** Stands for no place at all. */
    public static final Position NONE = new Position(0, "");

    public Position {
        Absent.requireOffset(offset);
        epoch = Absent.text(epoch);
    }

    /** Whether a place in a certain log is meant. */
    public boolean isPresent() {
        return offset > 0 || !epoch.isEmpty();
    }

    /** Gives another place in the same log. */
    public Position at(long newOffset) {
        return new Position(newOffset, epoch);
    }
}
