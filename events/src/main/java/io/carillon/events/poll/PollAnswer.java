package io.carillon.events.poll;

import io.carillon.events.Json;
import java.util.List;

/**
 * The answer to {@code poll} and {@code send}.
 *
 * @param reply the replies to the frame that was sent; they come before the messages
 * @param first the number of the first message; the others follow without a gap
 * @param messages frames of the protocol, in the order in which they were posted. They are repeated until they are
 *     acknowledged, so a client skips those whose numbers it has had
 * @param closed whether the server has closed the connection: nothing comes after these messages
 */
public record PollAnswer(String reply, long first, List<String> messages, boolean closed) {

    public PollAnswer {
        messages = List.copyOf(messages);
    }

    /** Writes the answer; one that says nothing is {@code {}}. */
    public String write() {
        return Json.write(this);
    }
}
