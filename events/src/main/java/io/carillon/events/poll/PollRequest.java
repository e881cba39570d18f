package io.carillon.events.poll;

import io.carillon.events.Hidden;
import io.carillon.events.Json;
import io.carillon.events.MalformedJson;

/**
 * The body of a long-poll request.
 *
 * @param session what {@code open} gave; who knows it speaks for the connection
 * @param ack the number of the last message that the client has; all up to it may be dropped
 * @param frame one frame of the protocol; only {@code send} carries it
 */
public record PollRequest(String session, long ack, String frame) {

    public PollRequest {
        session = session == null ? "" : session;
        frame = frame == null ? "" : frame;
    }

    /**
     * Reads a request.
     *
     * @throws MalformedJson if it is none
     */
    public static PollRequest read(String text) {
        return Json.read(text, PollRequest.class);
    }

    /** Shows neither session nor frame, which hold secrets. */
    @Override
    public String toString() {
        return "PollRequest[session=" + Hidden.text(session) + ", ack=" + ack + ", frame=" + Hidden.text(frame) + "]";
    }
}
