package io.carillon.local.template;

import java.util.Map;
import java.util.Optional;

/**
 * A subscription to the topic of events.
 *
 * @param id its logical id
 * @param protocol how it is delivered to, by SNS's name
 * @param target what it is delivered to
 * @param attributes what it is made with by SNS's names, but for its redrive policy
 * @param deadLettersId the logical id of the queue that takes what cannot be delivered
 */
public record DescribedSubscription(
        String id, String protocol, Target target, Map<String, String> attributes, Optional<String> deadLettersId) {

    static final String TYPE = "AWS::SNS::Subscription";

    /** What a subscription is delivered to. */
    public sealed interface Target {}

    /**
     * A queue of the same template.
     *
     * @param id its logical id
     */
    public record OwnQueue(String id) implements Target {}

    /**
     * A queue that was there before.
     *
     * @param name as in its ARN
     */
    public record OtherQueue(String name) implements Target {}

    /**
     * A function.
     *
     * @param name as in its ARN; its logical id if the template gives it none
     */
    public record Function(String name) implements Target {}

    /**
     * A webhook.
     *
     * @param url as in the template
     */
    public record Url(String url) implements Target {}

    public DescribedSubscription {
        attributes = Map.copyOf(attributes);
    }
}
