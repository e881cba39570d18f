package io.carillon.local.aws.sns;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.carillon.events.Json;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Holds the subscription of a queue, a function or a URL to a topic.
 *
 * @param endpoint the queue's or the function's ARN, or the URL
 * @param attributes what was set, by SNS's names
 * @param filterPolicy what it wants to receive; one without keys wants everything
 */
record Subscription(
        String arn,
        String topicArn,
        Protocol protocol,
        String endpoint,
        Map<String, String> attributes,
        FilterPolicy filterPolicy) {

    private static final String FILTER_POLICY = "FilterPolicy";
    private static final String FILTER_POLICY_SCOPE = "FilterPolicyScope";
    private static final String RAW_MESSAGE_DELIVERY = "RawMessageDelivery";
    private static final String REDRIVE_POLICY = "RedrivePolicy";
    private static final String DELIVERY_POLICY = "DeliveryPolicy";
    private static final String TARGET = "deadLetterTargetArn";

    Subscription {
        attributes = Map.copyOf(attributes);
    }

    /**
     * Makes a subscription.
     *
     * @throws SnsException if an attribute is unknown, or its value is none that SNS takes
     */
    static Subscription of(
            String arn, String topicArn, Protocol protocol, String endpoint, Map<String, String> attributes) {
        protocol.check(endpoint);
        attributes.forEach(Subscription::check);
        checkProtocol(protocol, attributes);
        var scope = FilterPolicyScope.of(
                attributes.getOrDefault(FILTER_POLICY_SCOPE, FilterPolicyScope.MESSAGE_ATTRIBUTES.text()));
        var policy = FilterPolicy.parse(attributes.getOrDefault(FILTER_POLICY, "{}"), scope);
        return new Subscription(arn, topicArn, protocol, endpoint, attributes, policy);
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
        return of(arn, topicArn, protocol, endpoint, changed);
    }

    boolean rawMessageDelivery() {
        return Boolean.parseBoolean(attributes.get(RAW_MESSAGE_DELIVERY));
    }

    /** Gives how a URL is posted to. */
    DeliveryPolicy deliveryPolicy() {
        return Optional.ofNullable(attributes.get(DELIVERY_POLICY))
                .map(DeliveryPolicy::parse)
                .orElse(DeliveryPolicy.STANDARD);
    }

    /** Gives the ARN of the queue for what cannot be delivered. */
    Optional<String> deadLetterQueue() {
        return Optional.ofNullable(attributes.get(REDRIVE_POLICY)).map(Subscription::target);
    }

    boolean wants(Notification notification) {
        return filterPolicy.accepts(notification);
    }

    private static String target(String policy) {
        try {
            return Json.mapper().readTree(policy).path(TARGET).asText();
        } catch (JsonProcessingException e) {
            throw SnsException.invalidParameter("RedrivePolicy: failed to parse JSON. " + e.getOriginalMessage());
        }
    }

    private static void checkProtocol(Protocol protocol, Map<String, String> attributes) {
        if (protocol == Protocol.LAMBDA && Boolean.parseBoolean(attributes.get(RAW_MESSAGE_DELIVERY))) {
            throw SnsException.invalidParameter(
                    "Attributes Reason: RawMessageDelivery: not available for the protocol lambda");
        }
        if (!protocol.confirms() && attributes.containsKey(DELIVERY_POLICY)) {
            throw SnsException.invalidParameter(
                    "Attributes Reason: DeliveryPolicy: available for the protocols http and https only");
        }
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
            case DELIVERY_POLICY -> {
                // An empty one removes it.
                if (!value.isEmpty()) {
                    DeliveryPolicy.parse(value);
                }
            }
            case REDRIVE_POLICY -> {
                // An empty one removes it.
                if (!value.isEmpty() && !target(value).startsWith("arn:aws:sqs:")) {
                    throw SnsException.invalidParameter("RedrivePolicy: deadLetterTargetArn must be a queue's ARN");
                }
            }
            default ->
                throw SnsException.invalidParameter("AttributeName: " + name + " is not served by the local SNS");
        }
    }
}
