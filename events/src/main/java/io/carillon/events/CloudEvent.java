package io.carillon.events;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The envelope of what other systems are told: CloudEvents 1.0 in its JSON format.
 *
 * @param specversion always {@code 1.0}
 * @param id the same whenever the same event is sent again, so that a consumer can drop repeats
 * @param source the ARN of the topic that the event comes through
 * @param type what happened, with its version, as in {@code io.carillon.publication.v1}
 * @param time when, in RFC 3339
 * @param subject the channel; where an event belongs to none, the client or the device
 * @param datacontenttype always {@code application/json}
 * @param data what happened, in the words of its type
 * @see <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md">CloudEvents JSON</a>
 */
public record CloudEvent(
        String specversion,
        String id,
        String source,
        String type,
        String time,
        String subject,
        String datacontenttype,
        EventData data) {

    /** Wraps what happened; the source is filled in by whoever sends it. */
    public static CloudEvent of(String id, Instant time, EventData data) {
        String subject = switch (data) {
            case EventData.Connected event -> event.client();
            case EventData.Disconnected event -> event.client();
            case EventData.DeviceFailed event -> event.device();
            case EventData other -> other.channel();
        };
        return new CloudEvent("1.0", id, "", data.type(), time.toString(), subject, "application/json", data);
    }

    /** The same event from a source. */
    public CloudEvent from(String newSource) {
        return new CloudEvent(specversion, id, newSource, type, time, subject, datacontenttype, data);
    }

    /** What subscribers can filter by: type, namespace, channel and user, those that are not empty. */
    public Map<String, String> attributes() {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("type", type);
        attributes.put("namespace", data.namespace());
        attributes.put("channel", data.channel());
        attributes.put("user", data.actor());
        attributes.values().removeIf(String::isEmpty);
        return attributes;
    }
}
