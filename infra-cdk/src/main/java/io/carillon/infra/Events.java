package io.carillon.infra;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.CRC32;
import software.amazon.awscdk.Token;
import software.amazon.awscdk.services.events.IEventBus;
import software.amazon.awscdk.services.lambda.CfnPermission;
import software.amazon.awscdk.services.lambda.IFunction;
import software.amazon.awscdk.services.sns.ITopic;
import software.amazon.awscdk.services.sns.Subscription;
import software.amazon.awscdk.services.sns.SubscriptionFilter;
import software.amazon.awscdk.services.sns.SubscriptionProtocol;
import software.amazon.awscdk.services.sns.subscriptions.SqsSubscription;
import software.amazon.awscdk.services.sns.subscriptions.SqsSubscriptionProps;
import software.amazon.awscdk.services.sns.subscriptions.UrlSubscription;
import software.amazon.awscdk.services.sns.subscriptions.UrlSubscriptionProps;
import software.amazon.awscdk.services.sqs.IQueue;
import software.amazon.awscdk.services.sqs.Queue;
import software.constructs.Construct;
import software.constructs.IConstruct;

/**
 * Tells other systems what happens, one line each:
 *
 * <pre>{@code
 * realtime.events().toQueue(queue);
 * realtime.events().toFunction(indexer, EventOptions.ALL.types(EventKind.PUBLICATION).namespaces("chat"));
 * realtime.events().toEventBus(bus);
 * realtime.events().toUrl("https://example.com/hooks/carillon");
 * }</pre>
 *
 * <p>Each subscription gets a dead-letter queue that keeps for 14 days what could not be delivered, with an alarm. Every
 * method throws {@link IllegalArgumentException} if there can be no event that the options want.
 */
public final class Events {

    /** The name of a queue has 80 characters at most, of which the stage's may take 20. */
    private static final int LONGEST_NAME = 26;

    private final EventsTopic topic;
    private final CarillonProps props;
    private final Alarms alarms;

    Events(EventsTopic topic, CarillonProps props, Alarms alarms) {
        this.topic = topic;
        this.props = props;
        this.alarms = alarms;
    }

    /** Gives the topic itself, for subscriptions that have further wishes; their queues of dead letters are yours. */
    public ITopic topic() {
        return topic.topic();
    }

    /** Sends all events to a standard queue, each as a CloudEvent in the message's body. */
    public void toQueue(IQueue queue) {
        toQueue(queue, EventOptions.ALL);
    }

    /** Sends events to a standard queue; raw unless the options say otherwise. */
    public void toQueue(IQueue queue, EventOptions options) {
        if (Boolean.TRUE.equals(queue.getFifo())) {
            throw new IllegalArgumentException("The queue " + queue.getNode().getPath()
                    + " is a FIFO queue, to which SNS delivers no events of a standard topic: give a standard one");
        }
        check("toQueue", options);
        queue(place(queue, queue.getQueueArn()), queue, options);
    }

    /** Invokes a function with all events. */
    public void toFunction(IFunction function) {
        toFunction(function, EventOptions.ALL);
    }

    /** Invokes a function with events; the CloudEvent is the {@code Message} of SNS's record. */
    public void toFunction(IFunction function, EventOptions options) {
        check("toFunction", options);
        refuseRaw("toFunction", options);
        String arn = function.getFunctionArn();
        function(place(function, arn), arn, options);
    }

    /** Puts all events onto an EventBridge bus of the same account and Region, by way of a queue and a pipe. */
    public void toEventBus(IEventBus bus) {
        toEventBus(bus, EventOptions.ALL);
    }

    /** Puts events onto an EventBridge bus: {@code detail} is the CloudEvent, {@code detail-type} its type. */
    public void toEventBus(IEventBus bus, EventOptions options) {
        check("toEventBus", options);
        refuseRaw("toEventBus", options);
        eventBus(place(bus, bus.getEventBusArn()), bus.getEventBusArn(), options);
    }

    /** Posts all events to a webhook, signed by SNS. */
    public void toUrl(String url) {
        toUrl(url, EventOptions.ALL);
    }

    /** Posts events to a webhook; in SNS's envelope, which is signed, unless the options say otherwise. */
    public void toUrl(String url, EventOptions options) {
        check("toUrl", options);
        url(new EventTarget.Url(url), options);
    }

    /** Subscribes what was there before; its options have been checked. */
    void add(String key, EventSubscription subscription) {
        EventOptions options = subscription.options();
        switch (subscription.target()) {
            case EventTarget.Queue(var arn) -> {
                Place place = place(arn.substring(arn.lastIndexOf(':') + 1), arn);
                queue(place, Queue.fromQueueArn(place.scope(), "Theirs", arn), options);
            }
            case EventTarget.Function(var arn) -> {
                refuseRaw(key, options);
                function(place(arn.split(":")[6], arn), arn, options);
            }
            case EventTarget.EventBus(var arn) -> {
                refuseRaw(key, options);
                eventBus(place(arn.substring(arn.lastIndexOf('/') + 1), arn), arn, options);
            }
            case EventTarget.Url url -> url(url, options);
        }
    }

    private void queue(Place place, IQueue queue, EventOptions options) {
        topic.topic()
                .addSubscription(new SqsSubscription(
                        queue,
                        SqsSubscriptionProps.builder()
                                .filterPolicy(filter(options))
                                .rawMessageDelivery(options.raw().orElse(true))
                                .deadLetterQueue(deadLetters(place))
                                .build()));
    }

    private void function(Place place, String arn, EventOptions options) {
        CfnPermission permission = CfnPermission.Builder.create(place.scope(), "Permission")
                .action("lambda:InvokeFunction")
                .functionName(arn)
                .principal("sns.amazonaws.com")
                .sourceArn(topic.topic().getTopicArn())
                .build();
        Subscription subscription = Subscription.Builder.create(place.scope(), "Subscription")
                .topic(topic.topic())
                .protocol(SubscriptionProtocol.LAMBDA)
                .endpoint(arn)
                .filterPolicy(filter(options))
                .deadLetterQueue(deadLetters(place))
                .build();
        subscription.getNode().addDependency(permission);
    }

    private void eventBus(Place place, String arn, EventOptions options) {
        Queue deadLetters = deadLetters(place);
        EventBusPipe pipe = new EventBusPipe(place.scope(), props.prefix() + place.name(), deadLetters, arn);
        topic.topic()
                .addSubscription(new SqsSubscription(
                        pipe.queue(),
                        SqsSubscriptionProps.builder()
                                .filterPolicy(filter(options))
                                .rawMessageDelivery(true)
                                .deadLetterQueue(deadLetters)
                                .build()));
    }

    private void url(EventTarget.Url target, EventOptions options) {
        Place place = place(URI.create(target.url()).getHost(), target.url());
        topic.topic()
                .addSubscription(new UrlSubscription(
                        target.url(),
                        UrlSubscriptionProps.builder()
                                .filterPolicy(filter(options))
                                .rawMessageDelivery(options.raw().orElse(false))
                                .deliveryPolicy(EventUrls.deliveryPolicy())
                                .deadLetterQueue(deadLetters(place))
                                .build()));
    }

    private void check(String key, EventOptions options) {
        props.config().events().check(key, options);
    }

    private static void refuseRaw(String key, EventOptions options) {
        if (options.raw().isPresent()) {
            throw new IllegalArgumentException(
                    key + ".raw is for queues and URLs: a function gets SNS's own record, and"
                            + " a bus the CloudEvent as detail, in any case. Remove it");
        }
    }

    /** SNS takes no empty policy. */
    private static Map<String, SubscriptionFilter> filter(EventOptions options) {
        Map<String, SubscriptionFilter> policy = options.filterPolicy();
        return policy.isEmpty() ? null : policy;
    }

    private Queue deadLetters(Place place) {
        Queue queue = EventQueues.deadLetters(place.scope(), props.prefix() + place.name() + "-dlq");
        alarms.add(
                "EventDeadLetters-" + place.scope().getNode().getId(),
                "event-dead-letters",
                Watched.messages(queue),
                0,
                1);
        return queue;
    }

    /**
     * Where the resources of one subscription are, and what their names have in common.
     *
     * @param name as in {@code events-orders-0a1b2c3d}
     */
    private record Place(String name, Construct scope) {}

    private Place place(IConstruct construct, String arn) {
        return place(
                construct.getNode().getId(),
                Token.isUnresolved(arn) ? construct.getNode().getPath() : arn);
    }

    /** Names a subscription after its target; the sum tells those apart whose targets have the same name. */
    private Place place(String name, String whole) {
        CRC32 sum = new CRC32();
        sum.update(whole.getBytes(StandardCharsets.UTF_8));
        String readable = name.replaceAll("[^A-Za-z0-9]+", "-");
        String label = readable.substring(0, Math.min(readable.length(), LONGEST_NAME)) + "-"
                + HexFormat.of().toHexDigits(sum.getValue(), 8);
        if (topic.getNode().tryFindChild(label) != null) {
            throw new IllegalArgumentException(
                    whole + " is subscribed already, and SNS subscribes each target once: put"
                            + " what it wants into one subscription");
        }
        return new Place("events-" + label, new Construct(topic, label));
    }
}
