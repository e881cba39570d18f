package io.carillon.local.aws.sns;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * Posts messages to the URLs that subscribe to them, as often as the subscription's delivery policy says, or
 * else SNS's own, which is four times: what is answered with 429 or 5xx, or not at all within 15 seconds, is repeated a
 * second later, instead of 20 or whatever the policy says; any other status but 2xx is final.
 *
 * <p>Safe for use by several threads. Closing ends what is under way, which is then no failure: topics are gone too.
 *
 * @see <a href="https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html">Delivery retries</a>
 */
final class UrlDelivery implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration BETWEEN = Duration.ofSeconds(1);
    private static final int TOO_MANY_REQUESTS = 429;

    private final Envelope envelope;

    /** Over HTTP/1.1, for a receiver in plain HTTP may not know what to do with an offer to upgrade. */
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .build();

    private volatile boolean closed;

    UrlDelivery(Envelope envelope) {
        this.envelope = envelope;
    }

    /** Posts a notification, and says what went wrong for the last time; nothing if it arrived. */
    Optional<String> deliver(Notification notification, Subscription subscription) {
        var policy = subscription.deliveryPolicy();
        var request = request(subscription, "Notification", notification.messageId(), policy)
                .header("x-amz-sns-subscription-arn", subscription.arn());
        if (subscription.rawMessageDelivery()) {
            request.header("x-amz-sns-rawdelivery", "true");
        }
        var body = subscription.rawMessageDelivery()
                ? notification.message()
                : envelope.notification(notification, subscription);
        return post(request.POST(BodyPublishers.ofString(body)).build(), policy.retries());
    }

    /** Asks a URL to confirm by the token, and says what went wrong for the last time. */
    Optional<String> ask(Subscription subscription, String token) {
        var id = UUID.randomUUID().toString();
        var body = envelope.confirmation(id, subscription.topicArn(), token);
        return post(
                request(subscription, "SubscriptionConfirmation", id, DeliveryPolicy.STANDARD)
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                DeliveryPolicy.STANDARD.retries());
    }

    private static HttpRequest.Builder request(
            Subscription subscription, String type, String id, DeliveryPolicy policy) {
        return HttpRequest.newBuilder(URI.create(subscription.endpoint()))
                .timeout(PATIENCE)
                .header("Content-Type", policy.contentType())
                .header("User-Agent", "Amazon Simple Notification Service Agent")
                .header("x-amz-sns-message-type", type)
                .header("x-amz-sns-message-id", id)
                .header("x-amz-sns-topic-arn", subscription.topicArn());
    }

    private Optional<String> post(HttpRequest request, int retries) {
        var problem = "";
        try {
            for (var attempt = 1; attempt <= 1 + retries && !closed; attempt++) {
                if (attempt > 1) {
                    Thread.sleep(BETWEEN);
                }
                try {
                    var status = http.send(request, BodyHandlers.discarding()).statusCode();
                    if (status / 100 == 2) {
                        return Optional.empty();
                    }
                    problem = "it answered with HTTP status " + status;
                    if (status < 500 && status != TOO_MANY_REQUESTS) {
                        return Optional.of(problem);
                    }
                } catch (IOException e) {
                    problem = "it did not answer (" + e + ")";
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return closed ? Optional.empty() : Optional.of(problem);
    }

    @Override
    public void close() {
        closed = true;
        http.shutdownNow();
    }
}
