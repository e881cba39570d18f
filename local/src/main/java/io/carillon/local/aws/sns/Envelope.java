package io.carillon.local.aws.sns;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.carillon.events.Json;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;

/**
 * Writes the JSON that SNS wraps around a message unless delivery is raw. Its signature has the right form, but no key
 * verifies it: nothing local holds AWS's private key.
 *
 * @see <a href="https://docs.aws.amazon.com/sns/latest/dg/sns-sqs-as-subscriber.html">Fan-out to SQS queues</a>
 */
final class Envelope {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
    private static final String SIGNATURE =
            Base64.getEncoder().encodeToString("local".getBytes(StandardCharsets.UTF_8));

    private Envelope() {}

    static String write(Notification notification, Subscription subscription) {
        var envelope = JsonNodeFactory.instance.objectNode();
        envelope.put("Type", "Notification");
        envelope.put("MessageId", notification.messageId());
        envelope.put("TopicArn", notification.topicArn());
        if (!notification.subject().isEmpty()) {
            envelope.put("Subject", notification.subject());
        }
        envelope.put("Message", notification.message());
        envelope.put("Timestamp", TIME.format(notification.published()));
        envelope.put("SignatureVersion", "1");
        envelope.put("Signature", SIGNATURE);
        envelope.put("SigningCertURL", "https://sns.us-east-1.amazonaws.com/SimpleNotificationService-local.pem");
        envelope.put(
                "UnsubscribeURL",
                "https://sns.us-east-1.amazonaws.com/?Action=Unsubscribe&SubscriptionArn=" + subscription.arn());
        if (!notification.attributes().isEmpty()) {
            var attributes = envelope.putObject("MessageAttributes");
            notification
                    .attributes()
                    .forEach((name, attribute) -> attributes
                            .putObject(name)
                            .put("Type", attribute.dataType())
                            .put("Value", attribute.text()));
        }
        return Json.write(envelope);
    }
}
