package io.carillon.local.aws.sns;

import java.util.Map;

/** Checks a subscription before there is a topic to subscribe to. */
public final class SubscriptionCheck {

    private SubscriptionCheck() {}

    /**
     * Demands that the local SNS takes a subscription.
     *
     * @param protocol how it is delivered to, by SNS's name
     * @param endpoint the ARN or the URL
     * @param attributes its attributes, by SNS's names
     * @throws IllegalArgumentException if SNS would refuse it, or the local one does not serve it
     */
    public static void require(String protocol, String endpoint, Map<String, String> attributes) {
        try {
            Subscription.of("", "", Protocol.of(protocol), endpoint, attributes);
        } catch (SnsException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
