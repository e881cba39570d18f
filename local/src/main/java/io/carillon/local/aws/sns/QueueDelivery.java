package io.carillon.local.aws.sns;

import java.util.Base64;
import java.util.Map;
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
    private final Map<String, String> urls = new ConcurrentHashMap<>();

    QueueDelivery(Supplier<SqsClient> sqs) {
        this.sqs = sqs;
    }

    /** Sends one notification; what cannot be delivered is logged and lost, as for a subscription without a DLQ. */
    void deliver(Notification notification, Subscription subscription) {
        if (subscription.rawMessageDelivery() && notification.attributes().size() > MAX_RAW_ATTRIBUTES) {
            LOG.warn("Discarded a raw message with more than {} attributes", MAX_RAW_ATTRIBUTES);
            return;
        }
        try {
            sqs.get().sendMessage(message(notification, subscription));
        } catch (SdkException e) {
            urls.remove(subscription.endpoint());
            LOG.warn("Could not deliver to {}: does the queue exist?", subscription.endpoint(), e);
        }
    }

    private SendMessageRequest message(Notification notification, Subscription subscription) {
        var message = SendMessageRequest.builder().queueUrl(url(subscription.endpoint()));
        if (!notification.groupId().isEmpty()) {
            message.messageGroupId(notification.groupId());
        }
        if (subscription.rawMessageDelivery()) {
            message.messageBody(notification.message()).messageAttributes(attributes(notification));
        } else {
            message.messageBody(Envelope.write(notification, subscription));
        }
        return message.build();
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
