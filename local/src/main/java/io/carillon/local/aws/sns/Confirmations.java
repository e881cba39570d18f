package io.carillon.local.aws.sns;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the subscriptions of URLs that nobody has confirmed: nothing is sent to a URL whose owner has not asked for it.
 *
 * <p>Safe for use by several threads.
 *
 * @see <a href="https://docs.aws.amazon.com/sns/latest/api/API_ConfirmSubscription.html">ConfirmSubscription</a>
 */
final class Confirmations {

    private static final Logger LOG = LoggerFactory.getLogger(Confirmations.class);

    private final Topics topics;
    private final UrlDelivery urls;
    private final ExecutorService deliveries;
    private final Map<String, Subscription> asked = new ConcurrentHashMap<>();

    Confirmations(Topics topics, UrlDelivery urls, ExecutorService deliveries) {
        this.topics = topics;
        this.urls = urls;
        this.deliveries = deliveries;
    }

    /** Asks the URL of a subscription to confirm it. */
    void ask(Subscription subscription) {
        var token = (UUID.randomUUID().toString() + UUID.randomUUID()).replace("-", "");
        asked.put(token, subscription);
        deliveries.execute(() -> urls.ask(subscription, token)
                .ifPresent(problem -> LOG.warn(
                        "Could not ask {} to confirm its subscription: {}", subscription.endpoint(), problem)));
    }

    /** Starts a subscription; confirming it again changes nothing. */
    Subscription confirm(String topicArn, String token) {
        var subscription = asked.get(token);
        if (subscription == null || !subscription.topicArn().equals(topicArn)) {
            throw SnsException.invalidParameter("Token");
        }
        return topics.add(subscription);
    }

    void forget(String subscriptionArn) {
        asked.values().removeIf(subscription -> subscription.arn().equals(subscriptionArn));
    }
}
