package io.carillon.local.aws.sns;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Delivers to queues, functions and URLs, and puts what cannot be delivered where the subscription's redrive policy says. */
record Deliveries(QueueDelivery queues, FunctionDelivery functions, UrlDelivery urls) {

    private static final Logger LOG = LoggerFactory.getLogger(Deliveries.class);

    void deliver(Notification notification, Subscription subscription) {
        var problem = switch (subscription.protocol()) {
            case SQS -> queues.deliver(notification, subscription);
            case LAMBDA -> functions.deliver(notification, subscription);
            case HTTP, HTTPS -> urls.deliver(notification, subscription);
        };
        problem.ifPresent(why -> bury(notification, subscription, why));
    }

    private void bury(Notification notification, Subscription subscription, String why) {
        var queue = subscription.deadLetterQueue();
        if (queue.isEmpty()) {
            LOG.warn(
                    "Could not deliver to {}: {}. The message is lost: the subscription has no RedrivePolicy",
                    subscription.endpoint(),
                    why);
            return;
        }
        LOG.warn("Could not deliver to {}: {}. Its dead-letter queue gets it", subscription.endpoint(), why);
        queues.bury(notification, subscription, queue.get(), why)
                .ifPresent(worse -> LOG.error("Nor could it be put into {}: {}", queue.get(), worse));
    }
}
