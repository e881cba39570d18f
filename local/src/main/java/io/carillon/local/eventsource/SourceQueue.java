package io.carillon.local.eventsource;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.events.Json;
import java.time.Duration;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * Holds what an event source must know of its queue.
 *
 * @param visibilityTimeout how long a received message stays hidden, and with it the rest of its message group
 * @param maximumReceives after how many a failed message goes to the dead-letter queue; without one, any number
 */
record SourceQueue(String url, String arn, Duration visibilityTimeout, int maximumReceives) {

    static SourceQueue of(SqsClient sqs, String url) {
        var attributes = sqs.getQueueAttributes(request -> request.queueUrl(url)
                        .attributeNames(
                                QueueAttributeName.QUEUE_ARN,
                                QueueAttributeName.VISIBILITY_TIMEOUT,
                                QueueAttributeName.REDRIVE_POLICY))
                .attributes();
        return new SourceQueue(
                url,
                attributes.get(QueueAttributeName.QUEUE_ARN),
                Duration.ofSeconds(Long.parseLong(attributes.get(QueueAttributeName.VISIBILITY_TIMEOUT))),
                maximumReceives(attributes.getOrDefault(QueueAttributeName.REDRIVE_POLICY, "")));
    }

    private static int maximumReceives(String policy) {
        return policy.isEmpty()
                ? Integer.MAX_VALUE
                : Json.read(policy, JsonNode.class).path("maxReceiveCount").asInt(Integer.MAX_VALUE);
    }

    /** Names the Region, the fourth part of an ARN. */
    String region() {
        return arn.split(":")[3];
    }
}
