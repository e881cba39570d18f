package io.carillon.local.cost;

import io.carillon.local.calls.CallFilter;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.sns.model.PublishBatchRequest;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;
import software.amazon.awssdk.services.sns.model.PublishRequest;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;
import software.amazon.awssdk.services.sqs.model.SqsRequest;

/**
 * Counts calls to DynamoDB by the capacity that it says was consumed, and calls to SQS and SNS by their number and size.
 *
 * <p>A receive that returned nothing is not counted: how often a local poller looks is not how often Lambda's does.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html">DynamoDB
 *     reads and writes</a>
 */
final class MeteredCalls implements CallFilter {

    private static final int UNIT = 64 * 1024;

    private final Counters counters;

    MeteredCalls(Counters counters) {
        this.counters = counters;
    }

    @Override
    public SdkResponse call(SdkRequest request, Next next) {
        return switch (request) {
            case DynamoDbRequest dynamoDb -> table(dynamoDb, next);
            case SqsRequest sqs -> queue(sqs, next);
            case PublishRequest publish -> topic(List.of(size(publish.message())), publish, next);
            case PublishBatchRequest batch ->
                topic(
                        batch.publishBatchRequestEntries().stream()
                                .map(PublishBatchRequestEntry::message)
                                .map(MeteredCalls::size)
                                .toList(),
                        batch,
                        next);
            default -> next.make(request);
        };
    }

    private SdkResponse table(DynamoDbRequest request, Next next) {
        try {
            SdkResponse response = next.make(RequestFields.with(request, "ReturnConsumedCapacity", "INDEXES"));
            double units = RequestFields.objects(response, "ConsumedCapacity", ConsumedCapacity.class).stream()
                    .mapToDouble(ConsumedCapacity::capacityUnits)
                    .sum();
            units = Math.max(units, TransactedUnits.of(request));
            counters.add(isRead(request) ? Billed.DYNAMODB_READ_UNITS : Billed.DYNAMODB_WRITE_UNITS, units);
            return response;
        } catch (ConditionalCheckFailedException e) {
            // A refused write consumes what the write would have; the error does not say how much, but rows are small.
            counters.add(Billed.DYNAMODB_WRITE_UNITS, 1);
            throw e;
        } catch (TransactionCanceledException e) {
            counters.add(Billed.DYNAMODB_WRITE_UNITS, TransactedUnits.of(request));
            throw e;
        }
    }

    private static boolean isRead(DynamoDbRequest request) {
        String operation = request.getClass().getSimpleName();
        return operation.startsWith("Get")
                || operation.startsWith("BatchGet")
                || operation.startsWith("TransactGet")
                || operation.startsWith("Query")
                || operation.startsWith("Scan");
    }

    private SdkResponse queue(SqsRequest request, Next next) {
        SdkResponse response = next.make(request);
        Billed item = RequestFields.text(request, "QueueUrl").endsWith(".fifo")
                ? Billed.SQS_FIFO_REQUESTS
                : Billed.SQS_REQUESTS;
        switch (request) {
            case SendMessageRequest send -> counters.addSized(item, size(send.messageBody()), UNIT);
            case SendMessageBatchRequest batch ->
                counters.addSized(
                        item,
                        batch.entries().stream()
                                .map(SendMessageBatchRequestEntry::messageBody)
                                .mapToLong(MeteredCalls::size)
                                .sum(),
                        UNIT);
            default -> {
                if (!(response instanceof ReceiveMessageResponse received)) {
                    counters.add(item, 1);
                } else if (received.hasMessages() && !received.messages().isEmpty()) {
                    counters.addSized(item, size(received.messages()), UNIT);
                }
            }
        }
        return response;
    }

    private static long size(Collection<Message> messages) {
        return messages.stream()
                .map(Message::body)
                .mapToLong(MeteredCalls::size)
                .sum();
    }

    private SdkResponse topic(List<Long> sizes, SdkRequest request, Next next) {
        SdkResponse response = next.make(request);
        sizes.forEach(bytes -> counters.addSized(Billed.SNS_PUBLISHES, bytes, UNIT));
        if (request instanceof PublishRequest publish && publish.targetArn() != null) {
            counters.add(Billed.SNS_MOBILE_NOTIFICATIONS, 1);
        }
        return response;
    }

    private static long size(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
