package io.carillon.local.eventsource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

/**
 * Receives the messages of one invocation. Without a batching window that is what one receive returned, whatever message
 * groups are in it; with one, receives are joined until the batch or its payload is full or the window has passed.
 */
final class BatchReceiver {

    private static final int MAX_RECEIVE = 10;

    /** Lambda's limit for the payload of an invocation is 6 MB; this leaves room for the event around the bodies. */
    private static final int MAX_PAYLOAD = 5 * 1024 * 1024;

    private final SqsClient sqs;
    private final SourceQueue queue;
    private final SqsEventSourceMapping mapping;
    private final QueueWatch watch;

    BatchReceiver(SqsClient sqs, SourceQueue queue, SqsEventSourceMapping mapping, QueueWatch watch) {
        this.sqs = sqs;
        this.queue = queue;
        this.mapping = mapping;
        this.watch = watch;
    }

    /** Receives a batch; empty when the queue gave nothing. */
    ReceivedBatch receive() throws InterruptedException {
        var messages = new ArrayList<>(receive(mapping.batchSize(), watch.receiveWait()));
        var received = System.nanoTime();
        if (!messages.isEmpty()) {
            gather(messages, received + mapping.batchingWindow().toNanos());
        }
        return new ReceivedBatch(messages, received + queue.visibilityTimeout().toNanos());
    }

    private void gather(List<Message> messages, long until) throws InterruptedException {
        var payload = payload(messages);
        while (messages.size() < mapping.batchSize() && payload < MAX_PAYLOAD && System.nanoTime() - until < 0) {
            var mark = watch.mark(queue.url());
            var more = receive(mapping.batchSize() - messages.size(), Duration.ZERO);
            if (more.isEmpty()) {
                watch.await(queue.url(), mark);
            }
            messages.addAll(more);
            payload += payload(more);
        }
    }

    private List<Message> receive(int atMost, Duration wait) {
        return sqs.receiveMessage(request -> request.queueUrl(queue.url())
                        .maxNumberOfMessages(Math.min(atMost, MAX_RECEIVE))
                        .waitTimeSeconds((int) wait.toSeconds())
                        .messageSystemAttributeNames(MessageSystemAttributeName.ALL)
                        .messageAttributeNames("All"))
                .messages();
    }

    private static int payload(List<Message> messages) {
        return messages.stream().mapToInt(message -> message.body().length()).sum();
    }
}
