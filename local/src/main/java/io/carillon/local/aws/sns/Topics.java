package io.carillon.local.aws.sns;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;

/** Keeps topics and their subscriptions. Safe for use by several threads. */
final class Topics {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,256}");

    private final String arnPrefix;
    private final ConcurrentMap<String, ConcurrentMap<String, Subscription>> topics = new ConcurrentHashMap<>();

    Topics(String region, String account) {
        this.arnPrefix = "arn:aws:sns:" + region + ":" + account + ":";
    }

    /** Makes a topic unless it exists, and gives its ARN. */
    String create(String name) {
        if (name.endsWith(".fifo")) {
            throw SnsException.invalidParameter("Topic Name: the local SNS serves standard topics only");
        }
        if (!NAME.matcher(name).matches()) {
            throw SnsException.invalidParameter("Topic Name");
        }
        var arn = arnPrefix + name;
        topics.computeIfAbsent(arn, key -> new ConcurrentHashMap<>());
        return arn;
    }

    /**
     * Makes a subscription that does not last yet; what is subscribed already keeps its subscription.
     *
     * @throws SnsException if it is subscribed already with other attributes
     */
    Subscription subscription(String topicArn, Protocol protocol, String endpoint, Map<String, String> attributes) {
        for (var existing : topic(topicArn).values()) {
            if (existing.endpoint().equals(endpoint)) {
                if (!existing.attributes().equals(attributes)) {
                    throw SnsException.invalidParameter(
                            "Attributes Reason: Subscription already exists with different attributes");
                }
                return existing;
            }
        }
        return Subscription.of(topicArn + ":" + UUID.randomUUID(), topicArn, protocol, endpoint, attributes);
    }

    /** Subscribes a queue or a function, which needs no confirmation. */
    synchronized Subscription subscribe(
            String topicArn, Protocol protocol, String arn, Map<String, String> attributes) {
        return add(subscription(topicArn, protocol, arn, attributes));
    }

    /** Makes a subscription last, and gives the one that its endpoint has now. */
    synchronized Subscription add(Subscription subscription) {
        var subscriptions = topic(subscription.topicArn());
        var existing = subscriptions.values().stream()
                .filter(other -> other.endpoint().equals(subscription.endpoint()))
                .findFirst();
        existing.ifPresentOrElse(other -> {}, () -> subscriptions.put(subscription.arn(), subscription));
        return existing.orElse(subscription);
    }

    boolean has(Subscription subscription) {
        return topic(subscription.topicArn()).containsKey(subscription.arn());
    }

    /** Ends a subscription; one that has ended already is no error, as in SNS. */
    void unsubscribe(String subscriptionArn) {
        topics.values().forEach(subscriptions -> subscriptions.remove(subscriptionArn));
    }

    /** Sets one attribute; an empty value removes it. */
    synchronized void setAttribute(String subscriptionArn, String name, String value) {
        var subscriptions = topics.values().stream()
                .filter(candidate -> candidate.containsKey(subscriptionArn))
                .findFirst()
                .orElseThrow(() -> SnsException.notFound("Subscription"));
        subscriptions.compute(subscriptionArn, (arn, existing) -> existing.with(name, value));
    }

    /** Gives a topic's subscriptions in a lasting order. */
    List<Subscription> subscriptions(String topicArn) {
        return topic(topicArn).values().stream()
                .sorted((first, second) -> first.arn().compareTo(second.arn()))
                .toList();
    }

    private ConcurrentMap<String, Subscription> topic(String topicArn) {
        var subscriptions = topics.get(topicArn);
        if (subscriptions == null) {
            throw SnsException.notFound("Topic");
        }
        return subscriptions;
    }
}
