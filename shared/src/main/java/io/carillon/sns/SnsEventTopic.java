package io.carillon.sns;

import io.carillon.events.CloudEvent;
import io.carillon.events.Framing;
import io.carillon.events.Json;
import io.carillon.topic.EventTopic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;
import software.amazon.awssdk.services.sns.model.PublishBatchResponse;

/**
 * Sends events to a standard SNS topic, with attributes for filter policies: one call for one event, and else one for up
 * to ten that fit 256 KB together, which is all that SNS takes at once.
 *
 * <p>Safe for use by several threads.
 */
public final class SnsEventTopic implements EventTopic {

    private static final int MOST = 10;

    /** SNS counts attributes too; what they can take of its 262,144 bytes is left free for them. */
    private static final int LARGEST = 262_144 - MOST * 4096;

    /** A queue keeps what SNS does not take by then, its repetitions included; clients and other mailboxes wait that long. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final SnsClient client;
    private final String topicArn;

    public SnsEventTopic(SnsClient client, String topicArn) {
        this.client = client;
        this.topicArn = topicArn;
    }

    private record Message(String body, Map<String, MessageAttributeValue> attributes) {}

    @Override
    public void send(List<CloudEvent> events) {
        List<Message> messages = events.stream().map(this::message).toList();
        List<Message> batch = new ArrayList<>();
        int size = 0;
        for (Message message : messages) {
            int more = Framing.utf8Length(message.body());
            if (!batch.isEmpty() && (batch.size() == MOST || size + more > LARGEST)) {
                sendBatch(batch);
                batch.clear();
                size = 0;
            }
            batch.add(message);
            size += more;
        }
        sendBatch(batch);
    }

    private Message message(CloudEvent event) {
        Map<String, MessageAttributeValue> attributes = event.attributes().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> MessageAttributeValue.builder()
                                .dataType("String")
                                .stringValue(entry.getValue())
                                .build()));
        return new Message(Json.write(event.from(topicArn)), attributes);
    }

    private void sendBatch(List<Message> batch) {
        if (batch.size() == 1) {
            Message only = batch.getFirst();
            client.publish(publish -> publish.topicArn(topicArn)
                    .message(only.body())
                    .messageAttributes(only.attributes())
                    .overrideConfiguration(override -> override.apiCallTimeout(PATIENCE)));
            return;
        }
        List<PublishBatchRequestEntry> entries = new ArrayList<>();
        for (Message message : batch) {
            entries.add(PublishBatchRequestEntry.builder()
                    .id(Integer.toString(entries.size()))
                    .message(message.body())
                    .messageAttributes(message.attributes())
                    .build());
        }
        PublishBatchResponse response = client.publishBatch(publish -> publish.topicArn(topicArn)
                .publishBatchRequestEntries(entries)
                .overrideConfiguration(override -> override.apiCallTimeout(PATIENCE)));
        if (response.hasFailed() && !response.failed().isEmpty()) {
            String why = response.failed().stream()
                    .map(BatchResultErrorEntry::code)
                    .distinct()
                    .collect(Collectors.joining(", "));
            throw new IllegalStateException("SNS did not take %d of %d events: %s"
                    .formatted(response.failed().size(), batch.size(), why));
        }
    }
}
