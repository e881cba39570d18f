package io.carillon.infra;

import java.util.List;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.iam.Policy;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.pipes.CfnPipe;
import software.amazon.awscdk.services.sqs.DeadLetterQueue;
import software.amazon.awscdk.services.sqs.Queue;
import software.constructs.Construct;

/**
 * Brings events from a queue to an EventBridge bus, without code: the event's {@code detail} is the CloudEvent, its
 * {@code detail-type} the CloudEvent's type.
 *
 * @see <a href="https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-event-target.html">Targets of pipes</a>
 */
final class EventBusPipe {

    /** What rules of the bus match; a source of AWS's own begins with {@code aws.}, and is refused. */
    private static final String SOURCE = "io.carillon";

    /** As many as PutEvents takes. */
    private static final int BATCH = 10;

    /** With a minute between, an outage of an hour loses nothing. */
    private static final int RECEIVES = 60;

    private static final Duration VISIBILITY = Duration.minutes(1);

    private final Queue queue;

    EventBusPipe(Construct scope, String name, Queue deadLetters, String busArn) {
        queue = EventQueues.queue(scope, "Queue", name)
                .visibilityTimeout(VISIBILITY)
                .retentionPeriod(Duration.days(4))
                .deadLetterQueue(DeadLetterQueue.builder()
                        .queue(deadLetters)
                        .maxReceiveCount(RECEIVES)
                        .build())
                .build();
        Role role = Role.Builder.create(scope, "Role")
                .assumedBy(new ServicePrincipal("pipes.amazonaws.com"))
                .build();
        Policy policy = Policy.Builder.create(scope, "Policy")
                .roles(List.of(role))
                .statements(List.of(
                        allow(queue.getQueueArn(), "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"),
                        allow(busArn, "events:PutEvents")))
                .build();
        CfnPipe pipe = CfnPipe.Builder.create(scope, "Pipe")
                .description("Carillon: brings events to a bus")
                .roleArn(role.getRoleArn())
                .source(queue.getQueueArn())
                .sourceParameters(CfnPipe.PipeSourceParametersProperty.builder()
                        .sqsQueueParameters(CfnPipe.PipeSourceSqsQueueParametersProperty.builder()
                                .batchSize(BATCH)
                                .build())
                        .build())
                .target(busArn)
                .targetParameters(CfnPipe.PipeTargetParametersProperty.builder()
                        .eventBridgeEventBusParameters(CfnPipe.PipeTargetEventBridgeEventBusParametersProperty.builder()
                                .source(SOURCE)
                                .detailType("$.body.type")
                                .build())
                        .inputTemplate("<$.body>")
                        .build())
                .build();
        pipe.getNode().addDependency(policy);
    }

    private static PolicyStatement allow(String resource, String... actions) {
        return PolicyStatement.Builder.create()
                .actions(List.of(actions))
                .resources(List.of(resource))
                .build();
    }

    /** Gives the queue that the topic sends to. */
    Queue queue() {
        return queue;
    }
}
