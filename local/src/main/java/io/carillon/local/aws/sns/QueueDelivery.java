package io.carillon.local.aws.sns;

import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/** Sends notifications to the queues that subscribe to them. Safe for use by several threads. */
final class QueueDelivery {

    private static final Logger LOG = LoggerFactory.getLogger(QueueDelivery.class);

    /** A raw message with more attributes than SQS takes is discarded, as SNS does. */
    private static final int MAX_RAW_ATTRIBUTES = 10;

    private final Supplier<SqsClient> sqs;
    private final Envelope envelope;
    private final Map<String, String> urls = new ConcurrentHashMap<>();

    QueueDelivery(Supplier<SqsClient> sqs, Envelope envelope) {
        this.sqs = sqs;
        this.envelope = envelope;
    }

    /** Sends one notification, and says what went wrong; nothing if it arrived. */
    Optional<String> deliver(Notification notification, Subscription subscription) {
        if (subscription.rawMessageDelivery() && notification.attributes().size() > MAX_RAW_ATTRIBUTES) {
            LOG.warn("Discarded a raw message with more than {} attributes", MAX_RAW_ATTRIBUTES);
            return Optional.empty();
        }
        return send(subscription.endpoint(), message(notification, subscription));
    }

    /** Puts what could not be delivered into a dead-letter queue, as it would have been sent, with the reason. */
    Optional<String> bury(Notification notification, Subscription subscription, String queueArn, String why) {
        var text = MessageAttributeValue.builder().dataType("String");
        return send(
                queueArn,
                message(notification, subscription)
                        .messageAttributes(Map.of(
                                "RequestID",
                                text.stringValue(notification.messageId()).build(),
                                "ErrorMessage",
                                text.stringValue(why).build())));
    }

    private Optional<String> send(String queueArn, SendMessageRequest.Builder message) {
        try {
            sqs.get().sendMessage(message.queueUrl(url(queueArn)).build());
            return Optional.empty();
        } catch (SdkException e) {
            urls.remove(queueArn);
            return Optional.of("does the queue exist? " + e.getMessage());
        }
    }

    private SendMessageRequest.Builder message(Notification notification, Subscription subscription) {
        var message = SendMessageRequest.builder();
        if (!notification.groupId().isEmpty()) {
            message.messageGroupId(notification.groupId());
        }
        if (subscription.rawMessageDelivery()) {
            message.messageBody(notification.message()).messageAttributes(attributes(notification));
        } else {
            message.messageBody(envelope.notification(notification, subscription));
        }
        return message;
    }

    private static Map<String, MessageAttributeValue> attributes(Notification notification) {
        return notification.attributes().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> attribute(entry.getValue())));
    }

    private static MessageAttributeValue attribute(NotificationAttribute attribute) {
        var value = MessageAttributeValue.builder().dataType(attribute.dataType());
        if (attribute.isBinary()) {
            value.binaryValue(SdkBytes.fromByteArray(Base64.getDecoder().decode(attribute.text())));
        } else {
            value.stringValue(attribute.text());
        }
        return value.build();
    }

    private String url(String queueArn) {
        return urls.computeIfAbsent(queueArn, arn -> {
            var parts = arn.split(":");
            return sqs.get()
                    .getQueueUrl(request -> request.queueName(parts[parts.length - 1]))
                    .queueUrl();
        });
    }
}
