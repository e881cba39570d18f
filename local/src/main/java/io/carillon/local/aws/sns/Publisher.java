package io.carillon.local.aws.sns;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.events.Json;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.ExecutorService;

/** Takes messages in, and hands them to the subscriptions that want them after the publisher has its answer. */
final class Publisher {

    static final int MAX_MESSAGE_BYTES = 256 * 1024;

    private static final int MAX_SUBJECT = 100;

    private final Topics topics;
    private final Deliveries delivery;
    private final ExecutorService deliveries;
    private final InstantSource clock;

    Publisher(Topics topics, Deliveries delivery, ExecutorService deliveries, InstantSource clock) {
        this.topics = topics;
        this.delivery = delivery;
        this.deliveries = deliveries;
        this.clock = clock;
    }

    /** Publishes one message, which is described as Publish and PublishBatch both do, and gives its id. */
    String publish(String topicArn, QueryParameters parameters) {
        var subscriptions = topics.subscriptions(topicArn);
        var notification = notification(topicArn, parameters);
        for (var subscription : subscriptions) {
            var own = notification.saying(text(parameters, subscription.protocol()));
            if (subscription.wants(own)) {
                deliveries.execute(() -> delivery.deliver(own, subscription));
            }
        }
        return notification.messageId();
    }

    private Notification notification(String topicArn, QueryParameters parameters) {
        var message = parameters.optional("Message");
        if (message.isEmpty()) {
            throw SnsException.invalidParameter("Empty message");
        }
        if (message.getBytes(StandardCharsets.UTF_8).length > MAX_MESSAGE_BYTES) {
            throw SnsException.invalidParameter("Message too long");
        }
        var subject = parameters.optional("Subject");
        if (subject.length() > MAX_SUBJECT) {
            throw SnsException.invalidParameter("Subject");
        }
        return new Notification(
                UUID.randomUUID().toString(),
                topicArn,
                subject,
                text(parameters, Protocol.SQS),
                parameters.messageAttributes(),
                parameters.optional("MessageGroupId"),
                clock.instant());
    }

    /** Picks what a message with one text per protocol says to those of a protocol. */
    private static String text(QueryParameters parameters, Protocol protocol) {
        var message = parameters.optional("Message");
        if (!parameters.optional("MessageStructure").equals("json")) {
            return message;
        }
        JsonNode texts;
        try {
            texts = Json.mapper().readTree(message);
        } catch (JsonProcessingException e) {
            throw SnsException.invalidParameter("Message Structure - JSON message body failed to parse");
        }
        if (!texts.path("default").isTextual()) {
            throw SnsException.invalidParameter("Message Structure - No default entry in JSON message body");
        }
        return texts.path(protocol.text()).asText(texts.path("default").textValue());
    }
}
