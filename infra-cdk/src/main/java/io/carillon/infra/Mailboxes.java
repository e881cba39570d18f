package io.carillon.infra;

import io.carillon.delivery.MailRound;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.sqs.DeadLetterQueue;
import software.amazon.awscdk.services.sqs.DeduplicationScope;
import software.amazon.awscdk.services.sqs.FifoThroughputLimit;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.constructs.Construct;

/** The FIFO queue whose message groups are the mailboxes, and the queue for what nobody could deliver. */
final class Mailboxes extends Construct {

    /**
     * How long a received message stays hidden: longer than a delivery can take, so that two never overlap. A delivery
     * that fails hands its messages back sooner; only what a dead function held waits so long.
     */
    static final Duration VISIBILITY = Duration.seconds(30);

    private static final Duration LONGEST_RETENTION = Duration.days(14);

    private final Queue queue;
    private final Queue deadLetters;

    Mailboxes(Construct scope, String id, CarillonProps props) {
        super(scope, id);
        deadLetters = fifo("DeadLetters", props.prefix() + "mailboxes-dlq.fifo")
                .retentionPeriod(LONGEST_RETENTION)
                .build();
        queue = fifo("Queue", props.prefix() + "mailboxes.fifo")
                .visibilityTimeout(VISIBILITY)
                .deadLetterQueue(DeadLetterQueue.builder()
                        .queue(deadLetters)
                        .maxReceiveCount(MailRound.RECEIVES)
                        .build())
                .build();
    }

    private Queue.Builder fifo(String id, String name) {
        return Queue.Builder.create(this, id)
                .queueName(name)
                .fifo(true)
                .contentBasedDeduplication(false)
                .deduplicationScope(DeduplicationScope.MESSAGE_GROUP)
                .fifoThroughputLimit(FifoThroughputLimit.PER_MESSAGE_GROUP_ID)
                .encryption(QueueEncryption.SQS_MANAGED)
                .enforceSsl(true)
                .removalPolicy(RemovalPolicy.DESTROY);
    }

    Queue queue() {
        return queue;
    }

    Queue deadLetters() {
        return deadLetters;
    }
}
