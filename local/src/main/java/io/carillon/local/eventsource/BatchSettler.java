package io.carillon.local.eventsource;

import java.util.List;
import java.util.stream.Gatherers;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.Message;

/** Deletes the messages that succeeded; those that failed stay hidden until their visibility timeout ends. */
final class BatchSettler {

    private static final Logger LOG = LoggerFactory.getLogger(BatchSettler.class);
    private static final int MAX_DELETE = 10;

    private final SqsClient sqs;
    private final SourceQueue queue;

    BatchSettler(SqsClient sqs, SourceQueue queue) {
        this.sqs = sqs;
        this.queue = queue;
    }

    void settle(ReceivedBatch batch, BatchOutcome outcome) {
        batch.messages().stream()
                .filter(message -> !outcome.failed().contains(message.messageId()))
                .gather(Gatherers.windowFixed(MAX_DELETE))
                .forEach(this::delete);
    }

    private void delete(List<Message> messages) {
        var entries = IntStream.range(0, messages.size())
                .mapToObj(index -> DeleteMessageBatchRequestEntry.builder()
                        .id(Integer.toString(index))
                        .receiptHandle(messages.get(index).receiptHandle())
                        .build())
                .toList();
        var answer =
                sqs.deleteMessageBatch(request -> request.queueUrl(queue.url()).entries(entries));
        // A handle that is too old means that the message is visible again: it will be received once more.
        answer.failed().forEach(failure -> LOG.warn("Not deleted from {}: {}", queue.url(), failure.message()));
    }
}
