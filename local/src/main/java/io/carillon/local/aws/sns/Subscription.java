package io.carillon.local.aws.sns;

import java.util.HashMap;
import java.util.Map;

/**
 * Holds one queue's subscription to a topic.
 *
 * @param endpoint the queue's ARN
 * @param attributes what was set, by SNS's names
 * @param filterPolicy what it wants to receive; one without keys wants everything
 */
record Subscription(
        String arn, String topicArn, String endpoint, Map<String, String> attributes, FilterPolicy filterPolicy) {

    private static final String FILTER_POLICY = "FilterPolicy";
    private static final String FILTER_POLICY_SCOPE = "FilterPolicyScope";
    private static final String RAW_MESSAGE_DELIVERY = "RawMessageDelivery";

    Subscription {
        attributes = Map.copyOf(attributes);
    }

    /**
     * Makes a subscription.
     *
     * @throws SnsException if an attribute is unknown, or its value is none that SNS takes
     */
    static Subscription of(String arn, String topicArn, String endpoint, Map<String, String> attributes) {
        attributes.forEach(Subscription::check);
        var scope = FilterPolicyScope.of(
                attributes.getOrDefault(FILTER_POLICY_SCOPE, FilterPolicyScope.MESSAGE_ATTRIBUTES.text()));
        var policy = FilterPolicy.parse(attributes.getOrDefault(FILTER_POLICY, "{}"), scope);
        return new Subscription(arn, topicArn, endpoint, attributes, policy);
    }

    /** Gives a copy in which one attribute is set, or, by an empty value, removed. */
    Subscription with(String name, String value) {
        check(name, value);
        var changed = new HashMap<>(attributes);
        if (value.isEmpty()) {
            changed.remove(name);
        } else {
            changed.put(name, value);
        }
        return of(arn, topicArn, endpoint, changed);
    }

    boolean rawMessageDelivery() {
        return Boolean.parseBoolean(attributes.get(RAW_MESSAGE_DELIVERY));
    }

    boolean wants(Notification notification) {
        return filterPolicy.accepts(notification);
    }

    private static void check(String name, String value) {
        switch (name) {
            case FILTER_POLICY, FILTER_POLICY_SCOPE -> {
                // Read further on, together.
            }
            case RAW_MESSAGE_DELIVERY -> {
                if (!value.equalsIgnoreCase("true") && !value.equalsIgnoreCase("false")) {
                    throw SnsException.invalidParameter("Attributes Reason: RawMessageDelivery: Invalid value [" + value
                            + "]. Must be true or false.");
                }
            }
            default ->
                throw SnsException.invalidParameter("AttributeName: " + name + " is not served by the local SNS");
        }
    }
}
