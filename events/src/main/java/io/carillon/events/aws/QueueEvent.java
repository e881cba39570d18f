package io.carillon.events.aws;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.carillon.events.Json;
import io.carillon.events.MalformedJson;
import java.util.List;
import java.util.Map;

/**
 * A batch of messages that Lambda took from an SQS queue: at most 10 from a FIFO queue, of one group or several, in
 * order within each group.
 */
public record QueueEvent(List<Message> messages) {

    public QueueEvent {
        messages = List.copyOf(messages);
    }

    /**
     * One message.
     *
     * @param messageId names it in the {@link BatchAnswer}
     * @param groupId the message group; empty in a standard queue
     * @param dedupId the deduplication id; empty in a standard queue
     * @param receiveCount how often it has been received, this time included
     * @param sentTimestamp when it was sent, in milliseconds since 1970
     * @param traceHeader X-Ray's header, as its sender gave it; empty if there is none
     */
    public record Message(
            String messageId,
            String body,
            String groupId,
            String dedupId,
            int receiveCount,
            long sentTimestamp,
            String traceHeader) {}

    /**
     * Reads the event of an SQS event source.
     *
     * @throws MalformedJson if it is not such an event
     */
    public static QueueEvent read(String text) {
        List<Wire.Entry> entries = Json.read(text, Wire.class).entries();
        if (entries == null) {
            throw new MalformedJson("not an event of an SQS queue: no Records");
        }
        return new QueueEvent(entries.stream().map(QueueEvent::message).toList());
    }

    private static Message message(Wire.Entry entry) {
        if (entry == null || entry.messageId() == null) {
            throw new MalformedJson("a record of an SQS queue has a messageId");
        }
        Map<String, String> attributes = Fields.map(entry.attributes());
        return new Message(
                entry.messageId(),
                Fields.text(entry.body()),
                attributes.getOrDefault("MessageGroupId", ""),
                attributes.getOrDefault("MessageDeduplicationId", ""),
                (int) Fields.number(attributes.get("ApproximateReceiveCount"), "ApproximateReceiveCount"),
                Fields.number(attributes.get("SentTimestamp"), "SentTimestamp"),
                attributes.getOrDefault("AWSTraceHeader", ""));
    }

    record Wire(@JsonProperty("Records") List<Entry> entries) {

        record Entry(String messageId, String body, Map<String, String> attributes) {}
    }
}
