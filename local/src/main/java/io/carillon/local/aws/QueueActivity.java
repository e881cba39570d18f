package io.carillon.local.aws;

import io.carillon.local.eventsource.QueueWatch;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequest;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/**
 * Sees each send and delete that the SDK client of this JVM makes, and wakes a poller of that queue. A delete counts
 * because it frees its message group. What nobody here sees (a visibility timeout that ends, another process that
 * sends) is found by looking again: each poller about once a second, at a time of its own.
 *
 * <p>No receive is held open: for as long as one is, ElasticMQ sorts all messages of the queue at each send, and without
 * pause while some wait behind a locked group, so that a deep queue takes minutes instead of seconds.
 * moto's server decides when a receive begins which message groups are locked, and a long poll keeps to that to its end.
 *
 * <p>Safe for use by several threads.
 */
final class QueueActivity implements ExecutionInterceptor, QueueWatch {

    private static final long LOOK_AGAIN_FROM_MILLIS = 600;
    private static final long LOOK_AGAIN_TO_MILLIS = 1_400;

    private final Map<String, Mark> marks = new ConcurrentHashMap<>();

    @Override
    public void afterExecution(Context.AfterExecution context, ExecutionAttributes attributes) {
        switch (context.request()) {
            case SendMessageRequest request -> changed(request.queueUrl());
            case SendMessageBatchRequest request -> changed(request.queueUrl());
            case DeleteMessageRequest request -> changed(request.queueUrl());
            case DeleteMessageBatchRequest request -> changed(request.queueUrl());
            case ChangeMessageVisibilityRequest request -> changed(request.queueUrl());
            case ChangeMessageVisibilityBatchRequest request -> changed(request.queueUrl());
            default -> {
                // Nothing else makes a message receivable.
            }
        }
    }

    @Override
    public Duration receiveWait() {
        return Duration.ZERO;
    }

    @Override
    public long mark(String queueUrl) {
        return of(queueUrl).current();
    }

    @Override
    public void await(String queueUrl, long mark) throws InterruptedException {
        // Pollers that are out of step find sooner together what none of them was woken for.
        of(queueUrl).await(mark, ThreadLocalRandom.current().nextLong(LOOK_AGAIN_FROM_MILLIS, LOOK_AGAIN_TO_MILLIS));
    }

    @Override
    public void found(String queueUrl) {
        changed(queueUrl);
    }

    private void changed(String queueUrl) {
        of(queueUrl).advance();
    }

    private Mark of(String queueUrl) {
        return marks.computeIfAbsent(queueUrl, url -> new Mark());
    }

    private static final class Mark {

        private long value;

        synchronized long current() {
            return value;
        }

        synchronized void advance() {
            value++;
            // One poller is enough: if it finds messages, it wakes the next.
            notify();
        }

        synchronized void await(long seen, long millis) throws InterruptedException {
            if (value == seen) {
                // One wait is enough: to be woken for nothing costs one empty receive.
                wait(millis);
            }
        }
    }
}
