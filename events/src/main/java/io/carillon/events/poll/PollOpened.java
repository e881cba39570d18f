package io.carillon.events.poll;

import io.carillon.events.Hidden;
import io.carillon.events.Json;

/**
 * The answer to {@code open}.
 *
 * @param session names the connection in all further requests, and is to be kept secret
 * @param minInterval how long to wait between two polls while messages come, in milliseconds
 * @param maxInterval how long while none come
 */
public record PollOpened(String session, long minInterval, long maxInterval) {

    /** Writes the answer. */
    public String write() {
        return Json.write(this);
    }

    @Override
    public String toString() {
        return "PollOpened[session=" + Hidden.text(session) + ", minInterval=" + minInterval + ", maxInterval="
                + maxInterval + "]";
    }
}
