package io.carillon.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.local.aws.sns.SubscriptionCheck;
import io.carillon.local.template.DescribedSubscription.Function;
import io.carillon.local.template.DescribedSubscription.OtherQueue;
import io.carillon.local.template.DescribedSubscription.OwnQueue;
import io.carillon.local.template.DescribedSubscription.Target;
import io.carillon.local.template.DescribedSubscription.Url;
import io.carillon.local.template.Template.Resource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the subscriptions to the topic of events, and refuses what SNS would refuse or could not deliver to. */
final class SubscriptionReader {

    private static final String TOPIC = "AWS::SNS::Topic";
    private static final String ACCOUNT = "arn:aws:%s:us-east-1:000000000000:%s";

    /** The properties that are attributes of the subscription by the same names. */
    private static final Set<String> ATTRIBUTES =
            Set.of("FilterPolicy", "FilterPolicyScope", "RawMessageDelivery", "DeliveryPolicy");

    private static final Set<String> OTHERS = Set.of("TopicArn", "Protocol", "Endpoint", "RedrivePolicy", "Region");

    private final Template template;

    SubscriptionReader(Template template) {
        this.template = template;
    }

    /** Reads those of the topic with a name; none if there is no topic. */
    List<DescribedSubscription> read(Optional<String> topicName) {
        if (topicName.isEmpty()) {
            return List.of();
        }
        Resource topic = template.only(TOPIC, "TopicName", topicName.get());
        return template.all(DescribedSubscription.TYPE).stream()
                .filter(subscription ->
                        template.refersTo(subscription.properties().path("TopicArn"), topic))
                .map(subscription -> read(subscription, topic))
                .toList();
    }

    private DescribedSubscription read(Resource subscription, Resource topic) {
        String protocol = subscription.required("Protocol");
        Target target = target(subscription, protocol, topic);
        Optional<String> deadLetters = deadLetters(subscription, topic);
        Map<String, String> attributes = attributes(subscription);
        try {
            SubscriptionCheck.require(protocol, endpoint(target), attributes);
        } catch (IllegalArgumentException e) {
            throw new InvalidTemplate(subscription + " cannot be made: " + e.getMessage());
        }
        return new DescribedSubscription(subscription.id(), protocol, target, attributes, deadLetters);
    }

    private Map<String, String> attributes(Resource subscription) {
        Map<String, String> attributes = new HashMap<>();
        subscription.properties().properties().forEach(property -> {
            String name = property.getKey();
            if (ATTRIBUTES.contains(name)) {
                JsonNode value = property.getValue();
                attributes.put(name, value.isValueNode() ? value.asText() : value.toString());
            } else if (!OTHERS.contains(name)) {
                throw new InvalidTemplate(subscription + " has " + name + ", which the local SNS does not serve");
            }
        });
        return attributes;
    }

    private Target target(Resource subscription, String protocol, Resource topic) {
        JsonNode endpoint = subscription.properties().path("Endpoint");
        return switch (protocol) {
            case "sqs" ->
                template.find(endpoint, DescribedQueue.TYPE)
                        .<Target>map(queue -> {
                            requireSend(subscription, queue, topic);
                            return new OwnQueue(queue.id());
                        })
                        .orElseGet(() -> new OtherQueue(last(subscription, "sqs", 6)));
            case "lambda" ->
                template.find(endpoint, DescribedFunction.TYPE)
                        .<Target>map(function -> {
                            requireInvoke(subscription, function, topic);
                            return new Function(
                                    function.text("FunctionName").isEmpty()
                                            ? function.id()
                                            : function.text("FunctionName"));
                        })
                        .orElseGet(() -> new Function(last(subscription, "lambda", 7)));
            case "http", "https" -> new Url(subscription.required("Endpoint"));
            default ->
                throw new InvalidTemplate(subscription + " has the Protocol " + protocol
                        + ", and the local SNS delivers events to sqs, lambda, http and https");
        };
    }

    /** Gives the name in an ARN, which is its part of a number. */
    private static String last(Resource subscription, String service, int parts) {
        String[] arn = subscription.text("Endpoint").split(":");
        if (arn.length < parts || !arn[2].equals(service)) {
            throw new InvalidTemplate(subscription + " must have a resource of this template or an ARN of " + service
                    + " as its Endpoint");
        }
        return arn[parts - 1];
    }

    private Optional<String> deadLetters(Resource subscription, Resource topic) {
        JsonNode policy = subscription.properties().path("RedrivePolicy");
        if (policy.isMissingNode()) {
            return Optional.empty();
        }
        Resource queue = template.find(policy.path("deadLetterTargetArn"), DescribedQueue.TYPE)
                .orElseThrow(() -> new InvalidTemplate("the RedrivePolicy of " + subscription
                        + " must name a queue of this template as its deadLetterTargetArn"));
        requireSend(subscription, queue, topic);
        return Optional.of(queue.id());
    }

    /** SNS makes a subscription whose queue it may not send to, and then loses every message. */
    private void requireSend(Resource subscription, Resource queue, Resource topic) {
        boolean allowed = template.all("AWS::SQS::QueuePolicy").stream()
                .filter(policy -> template.refersTo(policy.properties().path("Queues"), queue))
                .map(policy -> policy.properties().path("PolicyDocument"))
                .anyMatch(document -> document.toString().contains("\"sns.amazonaws.com\"")
                        && document.toString().contains("\"sqs:SendMessage\"")
                        && template.refersTo(document, topic));
        if (!allowed) {
            throw new InvalidTemplate("no AWS::SQS::QueuePolicy of " + queue + " allows sns.amazonaws.com"
                    + " sqs:SendMessage from " + topic + ", so " + subscription + " would lose its messages");
        }
    }

    private void requireInvoke(Resource subscription, Resource function, Resource topic) {
        boolean allowed = template.all("AWS::Lambda::Permission").stream()
                .map(Resource::properties)
                .anyMatch(permission -> permission.path("Principal").asText().equals("sns.amazonaws.com")
                        && template.find(permission.path("FunctionName"), DescribedFunction.TYPE)
                                .equals(Optional.of(function))
                        && template.refersTo(permission.path("SourceArn"), topic));
        if (!allowed) {
            throw new InvalidTemplate("no AWS::Lambda::Permission allows sns.amazonaws.com to invoke " + function
                    + " for " + topic + ", so " + subscription + " would lose its messages");
        }
    }

    /** Gives an address of the kind that the target will have here. */
    private String endpoint(Target target) {
        return switch (target) {
            case OwnQueue(var id) ->
                ACCOUNT.formatted(
                        "sqs",
                        DescribedQueue.name(template.all(DescribedQueue.TYPE).stream()
                                .filter(queue -> queue.id().equals(id))
                                .findFirst()
                                .orElseThrow()));
            case OtherQueue(var name) -> ACCOUNT.formatted("sqs", name);
            case Function(var name) -> ACCOUNT.formatted("lambda", "function:" + name);
            case Url(var url) -> url;
        };
    }
}
