package io.carillon.local.eventsource;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.carillon.events.Json;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * Writes the event with which EventBridge Scheduler invokes a function when its schedule names no input of its own.
 *
 * @see <a href="https://docs.aws.amazon.com/scheduler/latest/UserGuide/managing-targets-templated.html">Templated
 *     targets</a>
 */
final class ScheduledEvent {

    private ScheduledEvent() {}

    /** Gives the event's JSON in UTF-8; the time has whole seconds, and {@code detail} is JSON in a string. */
    static byte[] write(String schedule, String region, String account, Instant time) {
        var event = JsonNodeFactory.instance.objectNode();
        event.put("version", "0");
        event.put("id", UUID.randomUUID().toString());
        event.put("detail-type", "Scheduled Event");
        event.put("source", "aws.scheduler");
        event.put("account", account);
        event.put("time", time.truncatedTo(ChronoUnit.SECONDS).toString());
        event.put("region", region);
        event.putArray("resources")
                .add("arn:aws:scheduler:%s:%s:schedule/default/%s".formatted(region, account, schedule));
        event.put("detail", "{}");
        return Json.writeBytes(event);
    }
}
