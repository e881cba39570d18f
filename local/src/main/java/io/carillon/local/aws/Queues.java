package io.carillon.local.aws;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Makes queues with the dead-letter queues that take what cannot be handled. Making one that exists in the same way changes nothing. */
public final class Queues {

    private static final String FIFO = ".fifo";
    private static final String DLQ = "-dlq";
    private static final Duration LONGEST_RETENTION = Duration.ofDays(14);

    private final SqsClient sqs;

    public Queues(SqsClient sqs) {
        this.sqs = sqs;
    }

    /**
     * Makes a high-throughput FIFO queue without content-based deduplication, and its dead-letter queue, which has the
     * same name with {@code -dlq} before {@code .fifo}.
     *
     * @param name the queue's name, which ends in {@code .fifo}
     * @param visibilityTimeout whole seconds, at most 12 hours; must outlast the function's timeout
     * @param maxReceiveCount how often a message is received before it moves to the dead-letter queue
     */
    public CreatedQueue fifo(String name, Duration visibilityTimeout, int maxReceiveCount) {
        if (!name.endsWith(FIFO)) {
            throw new IllegalArgumentException("The name of a FIFO queue must end in .fifo: " + name);
        }
        var attributes = Map.of(
                QueueAttributeName.FIFO_QUEUE, "true",
                QueueAttributeName.CONTENT_BASED_DEDUPLICATION, "false",
                QueueAttributeName.DEDUPLICATION_SCOPE, "messageGroup",
                QueueAttributeName.FIFO_THROUGHPUT_LIMIT, "perMessageGroupId");
        var failedMails = name.substring(0, name.length() - FIFO.length()) + DLQ + FIFO;
        return create(name, failedMails, attributes, visibilityTimeout, maxReceiveCount);
    }

    /** Makes a standard queue and its dead-letter queue, which has the same name followed by {@code -dlq}. */
    public CreatedQueue standard(String name, Duration visibilityTimeout, int maxReceiveCount) {
        return create(name, name + DLQ, Map.of(), visibilityTimeout, maxReceiveCount);
    }

    private CreatedQueue create(
            String name,
            String failedMails,
            Map<QueueAttributeName, String> kind,
            Duration visibilityTimeout,
            int maxReceiveCount) {
        var dlqAttributes = new HashMap<>(kind);
        dlqAttributes.put(QueueAttributeName.MESSAGE_RETENTION_PERIOD, Long.toString(LONGEST_RETENTION.toSeconds()));
        var dlqUrl = create(failedMails, dlqAttributes);
        var attributes = new HashMap<>(kind);
        attributes.put(QueueAttributeName.VISIBILITY_TIMEOUT, Long.toString(visibilityTimeout.toSeconds()));
        var url = create(name, attributes, dlqUrl, maxReceiveCount);
        return new CreatedQueue(url, arn(url), dlqUrl);
    }

    /** Makes a queue whose messages move to another when they were received too often; gives its URL. */
    public String create(
            String name, Map<QueueAttributeName, String> attributes, String deadLetterUrl, int maxReceiveCount) {
        var all = new HashMap<>(attributes);
        all.put(
                QueueAttributeName.REDRIVE_POLICY,
                "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":%d}"
                        .formatted(arn(deadLetterUrl), maxReceiveCount));
        return create(name, all);
    }

    /** Makes a queue with these attributes; gives its URL. */
    public String create(String name, Map<QueueAttributeName, String> attributes) {
        return sqs.createQueue(request -> request.queueName(name).attributes(attributes))
                .queueUrl();
    }

    /** Gives the ARN of a queue. */
    public String arn(String url) {
        return sqs.getQueueAttributes(request -> request.queueUrl(url).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes()
                .get(QueueAttributeName.QUEUE_ARN);
    }
}
