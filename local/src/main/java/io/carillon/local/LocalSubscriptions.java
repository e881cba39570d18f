package io.carillon.local;

import io.carillon.local.aws.LocalAws;
import io.carillon.local.aws.Queues;
import io.carillon.local.lambda.LambdaFunction;
import io.carillon.local.template.DescribedSubscription;
import io.carillon.local.template.DescribedSubscription.Function;
import io.carillon.local.template.DescribedSubscription.OtherQueue;
import io.carillon.local.template.DescribedSubscription.OwnQueue;
import io.carillon.local.template.DescribedSubscription.Url;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Subscribes to the topic of events what a template subscribes, with its filter policies and queues of dead letters. Queues
 * are made here; a queue that was there before has its own name. Nothing is sent to the URLs and functions of a template
 * from here: what stands in for them is subscribed in their place.
 *
 * <p>Safe for use by several threads.
 */
public final class LocalSubscriptions {

    private static final String FUNCTION_ARN = "arn:aws:lambda:us-east-1:" + LocalAws.ACCOUNT + ":function:";

    private final LocalAws aws;
    private final String topicArn;
    private final LocalQueues queues;
    private final Map<String, DescribedSubscription> urls = new ConcurrentHashMap<>();
    private final Map<String, DescribedSubscription> functions = new ConcurrentHashMap<>();

    LocalSubscriptions(
            LocalAws aws, String topicArn, LocalQueues queues, Storage storage, List<DescribedSubscription> described) {
        this.aws = aws;
        this.topicArn = topicArn;
        this.queues = queues;
        for (DescribedSubscription subscription : described) {
            switch (subscription.target()) {
                case OwnQueue(var id) -> subscribe(subscription, "sqs", queues.arn(id));
                case OtherQueue(var name) -> subscribe(subscription, "sqs", made(storage.named(name)));
                case Function(var name) -> functions.put(name, subscription);
                case Url(var url) -> urls.put(url, subscription);
            }
        }
    }

    private String made(String name) {
        Queues all = new Queues(aws.sqs());
        return all.arn(all.create(name, Map.of()));
    }

    /**
     * Has posted here what the template sends to a URL; SNS asks whoever is here to confirm first.
     *
     * @throws IllegalArgumentException if the template has no such URL
     */
    public void standIn(String url, URI here) {
        DescribedSubscription subscription = urls.remove(url);
        if (subscription == null) {
            throw new IllegalArgumentException(
                    "the template subscribes no " + url + " for which nothing stands in; it has " + urls.keySet());
        }
        subscribe(subscription, here.getScheme(), here.toString());
    }

    /**
     * Invokes this function with what the template sends to one of the same name; does nothing if it sends nothing to it.
     *
     * @throws IllegalStateException if SNS is not embedded, and so cannot reach a function here
     */
    public void standIn(LambdaFunction function) {
        DescribedSubscription subscription = functions.remove(function.name());
        if (subscription != null) {
            aws.serve(function);
            subscribe(subscription, "lambda", FUNCTION_ARN + function.name());
        }
    }

    /** Lists the URLs of the template for which nothing stands in. */
    public List<String> urls() {
        return urls.keySet().stream().sorted().toList();
    }

    /** Lists the names of the template's functions for which nothing stands in. */
    public List<String> functions() {
        return functions.keySet().stream().sorted().toList();
    }

    private void subscribe(DescribedSubscription subscription, String protocol, String endpoint) {
        Map<String, String> attributes = new HashMap<>(subscription.attributes());
        subscription
                .deadLettersId()
                .ifPresent(id ->
                        attributes.put("RedrivePolicy", "{\"deadLetterTargetArn\":\"%s\"}".formatted(queues.arn(id))));
        aws.sns()
                .subscribe(request -> request.topicArn(topicArn)
                        .protocol(protocol)
                        .endpoint(endpoint)
                        .attributes(attributes));
    }
}
