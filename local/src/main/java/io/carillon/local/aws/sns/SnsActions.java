package io.carillon.local.aws.sns;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.function.Consumer;

/** Answers the actions of SNS that Carillon calls, each with what goes inside its result element. */
final class SnsActions {

    private static final int MAX_BATCH = 10;
    private static final int PAGE = 100;

    private final Topics topics;
    private final Publisher publisher;
    private final PushActions push;
    private final Confirmations confirmations;

    SnsActions(Topics topics, Publisher publisher, PushActions push, Confirmations confirmations) {
        this.topics = topics;
        this.publisher = publisher;
        this.push = push;
        this.confirmations = confirmations;
    }

    /**
     * Runs an action.
     *
     * @throws SnsException if SNS would refuse it
     */
    Consumer<XmlReply> run(String action, QueryParameters request) {
        return switch (action) {
            case "CreateTopic" -> createTopic(request);
            case "Subscribe" -> subscribe(request);
            case "ConfirmSubscription" -> confirmSubscription(request);
            case "Unsubscribe" -> unsubscribe(request);
            case "SetSubscriptionAttributes" -> setSubscriptionAttributes(request);
            case "ListSubscriptionsByTopic" -> listSubscriptionsByTopic(request);
            case "Publish" -> request.optional("TargetArn").isEmpty() ? publish(request) : push.publish(request);
            case "CreatePlatformApplication" -> push.createPlatformApplication(request);
            case "SetPlatformApplicationAttributes" -> push.setPlatformApplicationAttributes(request);
            case "DeletePlatformApplication" -> push.deletePlatformApplication(request);
            case "CreatePlatformEndpoint" -> push.createPlatformEndpoint(request);
            case "GetEndpointAttributes" -> push.getEndpointAttributes(request);
            case "SetEndpointAttributes" -> push.setEndpointAttributes(request);
            case "DeleteEndpoint" -> push.deleteEndpoint(request);
            case "PublishBatch" -> publishBatch(request);
            default ->
                throw SnsException.badRequest(
                        "InvalidAction",
                        "The local SNS does not serve " + action + "; use another SNS with --aws-endpoint URL");
        };
    }

    private Consumer<XmlReply> createTopic(QueryParameters request) {
        var arn = topics.create(request.required("Name"));
        return result -> result.element("TopicArn", arn);
    }

    private Consumer<XmlReply> subscribe(QueryParameters request) {
        var topicArn = request.required("TopicArn");
        var protocol = Protocol.of(request.required("Protocol"));
        var endpoint = request.required("Endpoint");
        var attributes = request.entries("Attributes");
        if (!protocol.confirms()) {
            return subscribed(
                    topics.subscribe(topicArn, protocol, endpoint, attributes).arn());
        }
        var subscription = topics.subscription(topicArn, protocol, endpoint, attributes);
        if (topics.has(subscription)) {
            return subscribed(subscription.arn());
        }
        confirmations.ask(subscription);
        return subscribed(
                Boolean.parseBoolean(request.optional("ReturnSubscriptionArn"))
                        ? subscription.arn()
                        : "pending confirmation");
    }

    private Consumer<XmlReply> confirmSubscription(QueryParameters request) {
        return subscribed(confirmations
                .confirm(request.required("TopicArn"), request.required("Token"))
                .arn());
    }

    private static Consumer<XmlReply> subscribed(String arn) {
        return result -> result.element("SubscriptionArn", arn);
    }

    private Consumer<XmlReply> unsubscribe(QueryParameters request) {
        topics.unsubscribe(request.required("SubscriptionArn"));
        confirmations.forget(request.required("SubscriptionArn"));
        return result -> {};
    }

    private Consumer<XmlReply> setSubscriptionAttributes(QueryParameters request) {
        topics.setAttribute(
                request.required("SubscriptionArn"),
                request.required("AttributeName"),
                request.optional("AttributeValue"));
        return result -> {};
    }

    private Consumer<XmlReply> listSubscriptionsByTopic(QueryParameters request) {
        var all = topics.subscriptions(request.required("TopicArn"));
        var token = request.optional("NextToken");
        var from = token.isEmpty() ? 0 : page(token);
        var to = Math.min(from + PAGE, all.size());
        return result -> {
            result.element("Subscriptions", list -> all.subList(from, to).forEach(one -> member(list, one)));
            if (to < all.size()) {
                result.element("NextToken", Integer.toString(to));
            }
        };
    }

    private Consumer<XmlReply> publish(QueryParameters request) {
        var id = publisher.publish(request.required("TopicArn"), request);
        return result -> result.element("MessageId", id);
    }

    private Consumer<XmlReply> publishBatch(QueryParameters request) {
        var topicArn = request.required("TopicArn");
        var entries = request.list("PublishBatchRequestEntries.member");
        checkBatch(entries);
        topics.subscriptions(topicArn);
        var outcomes = entries.stream().map(entry -> outcome(topicArn, entry)).toList();
        return result -> result.element(
                        "Successful", list -> outcomes.forEach(outcome -> outcome.writeIfSuccessful(list)))
                .element("Failed", list -> outcomes.forEach(outcome -> outcome.writeIfFailed(list)));
    }

    private PublishOutcome outcome(String topicArn, QueryParameters entry) {
        try {
            return new PublishOutcome.Published(entry.required("Id"), publisher.publish(topicArn, entry));
        } catch (SnsException e) {
            return new PublishOutcome.Refused(entry.optional("Id"), e);
        }
    }

    private static void checkBatch(List<QueryParameters> entries) {
        if (entries.isEmpty()) {
            throw SnsException.badRequest("EmptyBatchRequest", "The batch request doesn't contain any entries.");
        }
        if (entries.size() > MAX_BATCH) {
            throw SnsException.badRequest(
                    "TooManyEntriesInBatchRequest", "The batch request contains more entries than permissible.");
        }
        var ids = new HashSet<String>();
        var bytes = 0;
        for (var entry : entries) {
            if (!ids.add(entry.optional("Id"))) {
                throw SnsException.badRequest(
                        "BatchEntryIdsNotDistinct", "Two or more batch entries in the request have the same Id.");
            }
            bytes += entry.optional("Message").getBytes(StandardCharsets.UTF_8).length;
        }
        if (bytes > Publisher.MAX_MESSAGE_BYTES) {
            throw SnsException.badRequest(
                    "BatchRequestTooLong", "The length of all the batch messages put together is more than the limit.");
        }
    }

    private static void member(XmlReply list, Subscription subscription) {
        list.element(
                "member",
                member -> member.element("TopicArn", subscription.topicArn())
                        .element("Protocol", subscription.protocol().text())
                        .element("SubscriptionArn", subscription.arn())
                        .element("Owner", subscription.arn().split(":")[4])
                        .element("Endpoint", subscription.endpoint()));
    }

    private static int page(String token) {
        try {
            return Math.max(0, Integer.parseInt(token));
        } catch (NumberFormatException e) {
            throw SnsException.invalidParameter("NextToken");
        }
    }
}
