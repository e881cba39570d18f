package io.carillon.local.eventsource;

import java.time.Duration;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * Holds what an event source must know of its queue.
 *
 * @param visibilityTimeout how long a received message stays hidden, and with it the rest of its message group
 */
record SourceQueue(String url, String arn, Duration visibilityTimeout) {

    static SourceQueue of(SqsClient sqs, String url) {
        var attributes = sqs.getQueueAttributes(request -> request.queueUrl(url)
                        .attributeNames(QueueAttributeName.QUEUE_ARN, QueueAttributeName.VISIBILITY_TIMEOUT))
                .attributes();
        return new SourceQueue(
                url,
                attributes.get(QueueAttributeName.QUEUE_ARN),
                Duration.ofSeconds(Long.parseLong(attributes.get(QueueAttributeName.VISIBILITY_TIMEOUT))));
    }

    /** Names the Region, the fourth part of an ARN. */
    String region() {
        return arn.split(":")[3];
    }
}
