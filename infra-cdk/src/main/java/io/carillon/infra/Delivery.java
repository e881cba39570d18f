package io.carillon.infra;

import java.util.List;
import software.amazon.awscdk.services.lambda.EventSourceMapping;
import software.constructs.Construct;

/** Feeds the deliverer from the mailboxes: one batch of a mailbox at a time, several mailboxes side by side. */
final class Delivery extends Construct {

    /** The most that a FIFO queue gives at once; there is no window to gather more. */
    private static final int BATCH = 10;

    Delivery(Construct scope, String id, CarillonProps props, Mailboxes mailboxes, CarillonFunction deliver) {
        super(scope, id);
        // What the mapping itself does, in the function's name.
        deliver.allow(
                List.of("sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"),
                mailboxes.queue().getQueueArn());
        EventSourceMapping mapping = EventSourceMapping.Builder.create(this, "Mapping")
                .target(deliver.live())
                .eventSourceArn(mailboxes.queue().getQueueArn())
                .batchSize(BATCH)
                .maxConcurrency(props.deliverConcurrency())
                .reportBatchItemFailures(true)
                .build();
        mapping.getNode().addDependency(deliver.policy());
    }
}
