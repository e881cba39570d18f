package io.carillon.infra;

import io.carillon.metrics.Measure;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;
import software.amazon.awscdk.services.lambda.IFunction;
import software.amazon.awscdk.services.sqs.IQueue;

/**
 * What the alarms and the dashboard look at, each figure by the minute.
 *
 * @param stage the dimension of Carillon's own metrics, which is the functions' {@code CARILLON_STAGE}
 * @param functions by their names, as they are invoked
 * @param mailboxes the queue of the mailboxes
 * @param deadLetters where their mail ends that nobody could deliver
 * @param pushes the queue of mobile push, where there is one
 * @param webSocketApiId of the WebSocket API
 * @param httpApiId of the server API
 * @param postQuota {@code carillon.post_quota}: requests to {@code @connections} per second
 */
record Watched(
        String stage,
        Map<String, IFunction> functions,
        IQueue mailboxes,
        IQueue deadLetters,
        Optional<Pushes> pushes,
        String webSocketApiId,
        String httpApiId,
        int postQuota) {

    /**
     * Mobile push.
     *
     * @param queue of what is to be sent
     * @param deadLetters where it ends if it cannot be sent
     * @param longestDelay that something waits in the queue on purpose
     */
    record Pushes(IQueue queue, IQueue deadLetters, java.time.Duration longestDelay) {}

    static final Duration MINUTE = Duration.minutes(1);

    static final String NAMESPACE = "Carillon";
    static final String STAGE = "Stage";
    static final String CODE = "Code";

    private static final String SUM = "Sum";

    /** How often something was counted. */
    Metric count(Measure measure) {
        return own(measure, SUM);
    }

    /** One of Carillon's own metrics. */
    Metric own(Measure measure, String statistic) {
        return Metric.Builder.create()
                .namespace(NAMESPACE)
                .metricName(measure.title())
                .dimensionsMap(Map.of(STAGE, stage))
                .statistic(statistic)
                .period(MINUTE)
                .build();
    }

    /** How often something happened at the WebSocket API, in API Gateway's words. */
    Metric webSocket(String name) {
        return gateway(webSocketApiId, name);
    }

    /** How often something happened at the server API, in API Gateway's words. */
    Metric http(String name) {
        return gateway(httpApiId, name);
    }

    private static Metric gateway(String api, String name) {
        return Metric.Builder.create()
                .namespace("AWS/ApiGateway")
                .metricName(name)
                .dimensionsMap(Map.of("ApiId", api))
                .statistic(SUM)
                .period(MINUTE)
                .build();
    }

    /** How many invocations of a function failed. */
    Metric errors(String function) {
        return functions
                .get(function)
                .metricErrors(
                        MetricOptions.builder().period(MINUTE).label(function).build());
    }

    /** How many seconds the oldest mail has waited. */
    Metric mailAge() {
        return age(mailboxes);
    }

    /** How many seconds the oldest message of a queue has waited. */
    static Metric age(IQueue queue) {
        return queue.metricApproximateAgeOfOldestMessage(
                MetricOptions.builder().period(MINUTE).build());
    }

    /** How much mail nobody could deliver. */
    Metric givenUp() {
        return messages(deadLetters);
    }

    /** How many messages are in a queue. */
    static Metric messages(IQueue queue) {
        return queue.metricApproximateNumberOfMessagesVisible(
                MetricOptions.builder().period(MINUTE).build());
    }
}
