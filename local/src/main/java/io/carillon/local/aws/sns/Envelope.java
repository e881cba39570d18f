package io.carillon.local.aws.sns;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.carillon.events.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * Writes the JSON that SNS wraps around a message unless delivery is raw, and the one that asks a URL to confirm.
 * Safe for use by several threads.
 *
 * @see <a href="https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html">JSON formats</a>
 */
final class Envelope {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final Signer signer;
    private final InstantSource clock;

    Envelope(Signer signer, InstantSource clock) {
        this.signer = signer;
        this.clock = clock;
    }

    String notification(Notification notification, Subscription subscription) {
        var envelope = started("Notification", notification.messageId(), notification.topicArn());
        if (!notification.subject().isEmpty()) {
            envelope.put("Subject", notification.subject());
        }
        envelope.put("Message", notification.message());
        envelope.put("Timestamp", TIME.format(notification.published()));
        signer.signed(envelope);
        envelope.put(
                "UnsubscribeURL",
                signer.address("/?Action=Unsubscribe&SubscriptionArn=" + encoded(subscription.arn())));
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

    /** Asks whether a URL wants what it was subscribed to: whoever answers there fetches {@code SubscribeURL}. */
    String confirmation(String messageId, String topicArn, String token) {
        var envelope = started("SubscriptionConfirmation", messageId, topicArn);
        envelope.put("Token", token);
        envelope.put(
                "Message",
                "You have chosen to subscribe to the topic " + topicArn
                        + ".\nTo confirm the subscription, visit the SubscribeURL included in this message.");
        envelope.put(
                "SubscribeURL",
                signer.address("/?Action=ConfirmSubscription&TopicArn=" + encoded(topicArn) + "&Token=" + token));
        envelope.put("Timestamp", TIME.format(clock.instant()));
        return Json.write(signer.signed(envelope));
    }

    private static ObjectNode started(String type, String messageId, String topicArn) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("Type", type)
                .put("MessageId", messageId)
                .put("TopicArn", topicArn);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
