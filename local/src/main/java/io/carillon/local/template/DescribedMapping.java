package io.carillon.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.local.eventsource.SqsEventSourceMapping;
import io.carillon.local.template.Template.Resource;
import java.time.Duration;
import java.util.stream.StreamSupport;

/**
 * An event source mapping of a queue to a function.
 *
 * @param queueId the queue's logical id
 * @param functionId the function's logical id
 * @param batchSize the most messages of one invocation
 * @param batchingWindow how long a batch is gathered
 * @param maximumConcurrency the most invocations at the same time
 * @param reportBatchItemFailures whether the function's answer names the messages that failed
 */
public record DescribedMapping(
        String queueId,
        String functionId,
        int batchSize,
        Duration batchingWindow,
        int maximumConcurrency,
        boolean reportBatchItemFailures) {

    /** What Lambda takes where a template says nothing; it has no limit of its own then but the account's. */
    private static final int BATCH_SIZE = 10;

    private static final int MAXIMUM_CONCURRENCY = 1_000;

    static final String TYPE = "AWS::Lambda::EventSourceMapping";

    static DescribedMapping of(Resource resource, Template template) {
        JsonNode properties = resource.properties();
        return new DescribedMapping(
                template.named(resource, "EventSourceArn", DescribedQueue.TYPE).id(),
                template.named(resource, "FunctionName", DescribedFunction.TYPE).id(),
                properties.path("BatchSize").asInt(BATCH_SIZE),
                Duration.ofSeconds(
                        properties.path("MaximumBatchingWindowInSeconds").asInt()),
                properties.path("ScalingConfig").path("MaximumConcurrency").asInt(MAXIMUM_CONCURRENCY),
                StreamSupport.stream(properties.path("FunctionResponseTypes").spliterator(), false)
                        .anyMatch(type -> type.asText().equals("ReportBatchItemFailures")));
    }

    /**
     * Gives the mapping of the queue that was made of it.
     *
     * @throws IllegalArgumentException if Lambda refuses such a mapping
     */
    public SqsEventSourceMapping at(String queueUrl) {
        try {
            return new SqsEventSourceMapping(
                    queueUrl, batchSize, batchingWindow, maximumConcurrency, reportBatchItemFailures);
        } catch (IllegalArgumentException e) {
            throw new InvalidTemplate(
                    "the AWS::Lambda::EventSourceMapping of " + queueId + " would be refused: " + e.getMessage());
        }
    }
}
