package io.carillon.local.latency;

import io.carillon.local.calls.CallFilter;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.sns.model.PublishBatchRequest;
import software.amazon.awssdk.services.sns.model.PublishRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.DeleteMessageRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/**
 * Makes each call last as long as in AWS, whether it succeeds or not. Receives are not delayed: what a message waits for
 * its event source is the invocation's, so that pollers stay free.
 */
final class DelayedCalls implements CallFilter {

    private final Function<Hop, Duration> delays;
    private final Wait wait;

    DelayedCalls(Function<Hop, Duration> delays, Wait wait) {
        this.delays = delays;
        this.wait = wait;
    }

    @Override
    public SdkResponse call(SdkRequest request, Next next) {
        Optional<Hop> hop = hop(request);
        if (hop.isEmpty()) {
            return next.make(request);
        }
        long until = wait.nanoTime() + delays.apply(hop.get()).toNanos();
        try {
            return next.make(request);
        } finally {
            waitUntil(until);
        }
    }

    private void waitUntil(long until) {
        long left = until - wait.nanoTime();
        if (left <= 0) {
            return;
        }
        try {
            wait.sleep(Duration.ofNanos(left));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw AbortedException.create("Interrupted while waiting for the latency model", e);
        }
    }

    private static Optional<Hop> hop(SdkRequest request) {
        return Optional.ofNullable(
                switch (request) {
                    case GetItemRequest get -> Hop.DYNAMODB_GET;
                    case PutItemRequest put -> Hop.DYNAMODB_PUT;
                    case UpdateItemRequest update -> Hop.DYNAMODB_UPDATE;
                    case DeleteItemRequest delete -> Hop.DYNAMODB_DELETE;
                    case QueryRequest query -> Hop.DYNAMODB_QUERY;
                    case ScanRequest scan -> Hop.DYNAMODB_SCAN;
                    case BatchGetItemRequest batch -> Hop.DYNAMODB_BATCH;
                    case BatchWriteItemRequest batch -> Hop.DYNAMODB_BATCH;
                    case TransactGetItemsRequest transaction -> Hop.DYNAMODB_TRANSACT;
                    case TransactWriteItemsRequest transaction -> Hop.DYNAMODB_TRANSACT;
                    case SendMessageRequest send -> Hop.SQS_SEND;
                    case SendMessageBatchRequest send -> Hop.SQS_SEND;
                    case DeleteMessageRequest delete -> Hop.SQS_DELETE;
                    case DeleteMessageBatchRequest delete -> Hop.SQS_DELETE;
                    case PublishRequest publish -> Hop.SNS_PUBLISH;
                    case PublishBatchRequest publish -> Hop.SNS_PUBLISH;
                    default -> null;
                });
    }
}
