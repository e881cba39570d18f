package io.carillon.infra;

import io.carillon.deployment.ApplicationArn;
import io.carillon.push.PushQueue;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.lambda.EventSourceMapping;
import software.amazon.awscdk.services.sqs.DeadLetterQueue;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.constructs.Construct;

/**
 * Mobile push: the queue of notifications with its dead letters, the function that empties it, and what that and the api
 * function may do to devices and platform applications.
 */
final class MobilePush extends Construct {

    /** Longer than the function may take, and than its claim on a device's notification is half over. */
    private static final Duration VISIBILITY = Duration.seconds(30);

    private static final int BATCH = 10;
    private static final int CONCURRENCY = 20;

    /** Within the five days in which it is known who has got what, so that what is sent back reaches nobody twice. */
    private static final Duration RETENTION = Duration.days(4);

    private final CarillonProps props;
    private final PushApplications applications;
    private final String table;
    private final Queue queue;
    private final Queue deadLetters;

    MobilePush(
            Construct scope,
            String id,
            CarillonProps props,
            PushApplications applications,
            CarillonTables tables,
            Map<String, CarillonFunction> functions) {
        super(scope, id);
        this.props = props;
        this.applications = applications;
        table = tables.named(tables.names().devices()).getTableArn();
        deadLetters =
                queue("DeadLetters", "push-dlq").retentionPeriod(RETENTION).build();
        queue = queue("Queue", "push")
                .visibilityTimeout(VISIBILITY)
                .deadLetterQueue(DeadLetterQueue.builder()
                        .queue(deadLetters)
                        .maxReceiveCount(PushQueue.RECEIVES)
                        .build())
                .build();
        CarillonFunction api = functions.get("api");
        CarillonFunction push = functions.get("push");
        // A backend may give a push to what a client publishes.
        Stream.of("message", "poll").map(functions::get).forEach(this::letQueue);
        equip(api);
        equip(push);
        devices(api, "DeleteItem", "GetItem", "PutItem", "Query", "Scan");
        sns(api, "CreatePlatformEndpoint", "DeleteEndpoint", "GetEndpointAttributes", "SetEndpointAttributes");
        devices(push, "DeleteItem", "GetItem", "PutItem", "Query", "Scan", "UpdateItem");
        sns(push, "DeleteEndpoint", "Publish");
        feed(push);
    }

    /** What the alarms and the dashboard look at. */
    Watched.Pushes watched() {
        return new Watched.Pushes(queue, deadLetters, props.config().longestPushDelay());
    }

    private Queue.Builder queue(String id, String name) {
        return Queue.Builder.create(this, id)
                .queueName(props.prefix() + name)
                .encryption(QueueEncryption.SQS_MANAGED)
                .enforceSsl(true)
                .removalPolicy(RemovalPolicy.DESTROY);
    }

    /** Lets a function put notifications into the queue. */
    private void letQueue(CarillonFunction function) {
        function.function().addEnvironment("CARILLON_PUSH_QUEUE_URL", queue.getQueueUrl());
        function.allow(List.of("sqs:SendMessage"), queue.getQueueArn());
    }

    /** Tells a function where the queue and the applications are, once these are there. */
    private void equip(CarillonFunction function) {
        letQueue(function);
        function.function().getCurrentVersion().getNode().addDependency(applications);
        applications.arns().forEach((provider, arn) -> function.function().addEnvironment(provider.variable(), arn));
    }

    private void devices(CarillonFunction function, String... operations) {
        function.allow(
                List.of(operations).stream()
                        .map(operation -> "dynamodb:" + operation)
                        .toList(),
                table);
    }

    /** On the applications and all their endpoints; AWS does not say which of the two it asks for in each case. */
    private void sns(CarillonFunction function, String... operations) {
        function.allow(
                List.of(operations).stream()
                        .map(operation -> "sns:" + operation)
                        .toList(),
                applications.arns().values().stream()
                        .flatMap(arn -> Stream.of(arn, ApplicationArn.endpoints(arn) + "*"))
                        .sorted()
                        .toArray(String[]::new));
    }

    private void feed(CarillonFunction push) {
        push.allow(List.of("sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"), queue.getQueueArn());
        EventSourceMapping mapping = EventSourceMapping.Builder.create(this, "Mapping")
                .target(push.live())
                .eventSourceArn(queue.getQueueArn())
                .batchSize(BATCH)
                .maxConcurrency(CONCURRENCY)
                .reportBatchItemFailures(true)
                .build();
        mapping.getNode().addDependency(push.policy());
    }
}
