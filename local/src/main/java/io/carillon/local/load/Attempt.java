package io.carillon.local.load;

import io.carillon.events.Position;
import java.util.List;

/**
 * One publication, with the calls that were made for it. Times are in nanoseconds from the start of the run.
 *
 * @param digest digest of the data
 * @param sentAt when the first call began
 * @param earlier the calls that failed before the last
 * @param outcome what became of the last call
 */
record Attempt(String channel, long digest, long sentAt, List<Outcome.Failed> earlier, Outcome outcome) {

    /** A publication with one call. */
    Attempt(String channel, long digest, long sentAt, Outcome outcome) {
        this(channel, digest, sentAt, List.of(), outcome);
    }

    /** Whether it may stand in the log although the last call failed, or stand there twice. */
    boolean isOpen() {
        return earlier.stream().anyMatch(Outcome.Failed::isOpen)
                || outcome instanceof Outcome.Failed failed && failed.isOpen();
    }

    /** What became of a call. */
    sealed interface Outcome {

        /** The server has it, and said where. */
        record Accepted(long at, Position position) implements Outcome {}

        /** The call failed. {@code code} is the error's, or the HTTP status, or 0 if no answer came. */
        record Failed(long at, int code, String message) implements Outcome {

            private static final int INTERNAL = 100;
            private static final int FIRST_SERVER_STATUS = 500;

            /** Whether the server may have it all the same: it did not refuse the call, but broke off. */
            boolean isOpen() {
                return code <= INTERNAL || code >= FIRST_SERVER_STATUS;
            }
        }
    }
}
