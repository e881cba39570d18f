package io.carillon.events.aws;

import io.carillon.events.Json;
import io.carillon.events.MalformedJson;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/**
 * What EventBridge Scheduler sends to a function whose schedule has no input of its own.
 *
 * @param id names this invocation
 * @param time when it was due, to the second
 */
public record ScheduleEvent(String id, Instant time) {

    /**
     * Reads the event.
     *
     * @throws MalformedJson if it is not such an event
     */
    public static ScheduleEvent read(String text) {
        ScheduleEvent.Wire event = Json.read(text, Wire.class);
        try {
            return new ScheduleEvent(Fields.text(event.id()), Instant.parse(Fields.text(event.time())));
        } catch (DateTimeParseException e) {
            throw new MalformedJson("not an event of EventBridge Scheduler: no time");
        }
    }

    record Wire(String id, String time) {}
}
