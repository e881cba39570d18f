package io.carillon.infra;

import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.constructs.Construct;

/** Makes the queues that subscriptions need. */
final class EventQueues {

    private static final Duration LONGEST_RETENTION = Duration.days(14);

    private EventQueues() {}

    /** Makes the queue of dead letters; each subscription has its own, since a letter does not say whose it is. */
    static Queue deadLetters(Construct scope, String name) {
        Queue queue = queue(scope, "DeadLetters", name)
                .retentionPeriod(LONGEST_RETENTION)
                .build();
        Explained.finding(queue, "AwsSolutions-SQS3", "It is itself the dead-letter queue, of a subscription of SNS.");
        return queue;
    }

    static Queue.Builder queue(Construct scope, String id, String name) {
        return Queue.Builder.create(scope, id)
                .queueName(name)
                .encryption(QueueEncryption.SQS_MANAGED)
                .enforceSsl(true)
                .removalPolicy(RemovalPolicy.DESTROY);
    }
}
