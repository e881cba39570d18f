package io.carillon.local.faults;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;

/** Where an invocation can be killed; each is a call that it makes to a service, or its end. */
enum Step {
    /** An offset was given out, and nothing stands there. */
    BEFORE_APPEND,
    /** The log holds the publication, and no mailbox has heard of it. */
    AFTER_APPEND,
    /** Messages are in the mailboxes, and nothing after. */
    AFTER_ENQUEUE,
    /** The subscribers are known; a moment later some have been posted to. */
    MID_DELIVERY,
    /** Everything was posted, and the delivery position is not saved. */
    BEFORE_SAVE,
    /** The position is saved, and nobody hears that the batch is done. */
    AFTER_SAVE,
    /** Everything is done, and the answer is lost. */
    AFTER_REPLY;

    static final String PUBLICATIONS = "publications";
    static final String SUBSCRIPTIONS = "subscriptions";
    static final String CHANNELS = "channels";

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static List<String> labels() {
        return Arrays.stream(values()).map(Step::label).toList();
    }

    static Step of(String label) {
        return Arrays.stream(values())
                .filter(step -> step.label().equals(label))
                .findFirst()
                .orElseThrow();
    }

    /** Whether an invocation that is killed here dies in front of this call. */
    boolean isBefore(SdkRequest request) {
        return switch (this) {
            case BEFORE_APPEND -> appends(request);
            case BEFORE_SAVE -> savesShard(request);
            default -> false;
        };
    }

    /** Whether an invocation that is killed here dies when this call has been made. */
    boolean isAfter(SdkRequest request) {
        return switch (this) {
            case AFTER_APPEND -> appends(request);
            case AFTER_ENQUEUE -> request instanceof SendMessageBatchRequest;
            case AFTER_SAVE -> savesShard(request);
            case MID_DELIVERY ->
                request instanceof QueryRequest query && query.tableName().endsWith(SUBSCRIPTIONS);
            default -> false;
        };
    }

    private static boolean appends(SdkRequest request) {
        return switch (request) {
            case PutItemRequest put -> put.tableName().endsWith(PUBLICATIONS);
            case TransactWriteItemsRequest write ->
                write.transactItems().stream()
                        .anyMatch(item ->
                                item.put() != null && item.put().tableName().endsWith(PUBLICATIONS));
            default -> false;
        };
    }

    private static boolean savesShard(SdkRequest request) {
        return switch (request) {
            case PutItemRequest put ->
                put.tableName().endsWith(CHANNELS)
                        && isShard(String.valueOf(put.item().get("item")));
            case UpdateItemRequest update ->
                update.tableName().endsWith(CHANNELS)
                        && isShard(String.valueOf(update.key().get("item")));
            default -> false;
        };
    }

    private static boolean isShard(String key) {
        return key.contains("shard#");
    }
}
