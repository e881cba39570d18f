package io.carillon.local.load;

import io.carillon.events.Position;

/**
 * One call of publish. Times are in nanoseconds from the start of the run.
 *
 * @param digest digest of the data
 * @param sentAt when the call began
 */
record Attempt(String channel, long digest, long sentAt, Outcome outcome) {

    /** What became of the call. */
    sealed interface Outcome {

        /** The server has it, and said where. */
        record Accepted(long at, Position position) implements Outcome {}

        /** The call failed; whether the server has it is unknown. {@code code} is 0 if no answer came. */
        record Failed(long at, int code, String message) implements Outcome {}
    }
}
