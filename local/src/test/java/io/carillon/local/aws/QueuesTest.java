package io.carillon.local.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

class QueuesTest {

    private static final Duration VISIBILITY = Duration.ofSeconds(30);

    @Test
    void shouldMakeFifoQueueWithItsDeadLetterQueue() {
        try (var aws = LocalAws.inMemory()) {
            // Given
            var queues = new Queues(aws.sqs());

            // When
            var queue = queues.fifo("mailboxes.fifo", VISIBILITY, 5);

            // Then
            assertThat(queue.arn()).isEqualTo("arn:aws:sqs:us-east-1:000000000000:mailboxes.fifo");
            assertThat(queue.deadLetterUrl()).endsWith("/000000000000/mailboxes-dlq.fifo");
            var attributes = aws.sqs()
                    .getQueueAttributes(request -> request.queueUrl(queue.url()).attributeNames(QueueAttributeName.ALL))
                    .attributes();
            assertThat(attributes)
                    .containsEntry(QueueAttributeName.FIFO_QUEUE, "true")
                    .containsEntry(QueueAttributeName.CONTENT_BASED_DEDUPLICATION, "false")
                    .containsEntry(QueueAttributeName.VISIBILITY_TIMEOUT, "30");
            assertThat(attributes.get(QueueAttributeName.REDRIVE_POLICY))
                    .contains("arn:aws:sqs:us-east-1:000000000000:mailboxes-dlq.fifo")
                    .contains("5");
            assertThat(queues.fifo("mailboxes.fifo", VISIBILITY, 5)).isEqualTo(queue);
        }
    }

    @Test
    void shouldRefuseFifoQueueWhoseNameDoesNotSaySo() {
        try (var aws = LocalAws.inMemory()) {
            assertThatThrownBy(() -> new Queues(aws.sqs()).fifo("mailboxes", VISIBILITY, 5))
                    .hasMessageContaining("must end in .fifo");
        }
    }
}
