package io.carillon.local.faults;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;

/** A place in a handler where it can be ended, told by the calls that it makes. */
enum Step {
    /** Before the handler has done anything. */
    START,
    /** An offset is taken, and its publication is not in the log yet. */
    BEFORE_APPEND,
    /** The publication is in the log, and nobody was told. */
    AFTER_APPEND,
    /** Before mail goes to a mailbox. */
    BEFORE_ENQUEUE,
    /** The mail is in its mailbox, and the handler does not know. */
    AFTER_ENQUEUE,
    /** Some connections of a batch have their frame, the others do not. */
    MID_DELIVERY,
    /** All frames are posted, and the delivery position is not saved. */
    BEFORE_SAVE,
    /** The delivery position is saved, and the batch is not acknowledged. */
    AFTER_SAVE,
    /** The handler is done, and its answer is lost. */
    AFTER_REPLY;

    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static List<String> texts() {
        return Arrays.stream(values()).map(Step::text).toList();
    }

    static Step of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    boolean isBefore(SdkRequest request) {
        return switch (this) {
            case BEFORE_APPEND -> isAppend(request);
            case BEFORE_ENQUEUE -> request instanceof SendMessageBatchRequest;
            case BEFORE_SAVE -> isSave(request);
            default -> false;
        };
    }

    boolean isAfter(SdkRequest request) {
        return switch (this) {
            case AFTER_APPEND -> isAppend(request);
            case AFTER_ENQUEUE -> request instanceof SendMessageBatchRequest;
            case AFTER_SAVE -> isSave(request);
            default -> false;
        };
    }

    private static boolean isAppend(SdkRequest request) {
        return request instanceof TransactWriteItemsRequest
                || request instanceof PutItemRequest put && put.tableName().endsWith("publications");
    }

    private static boolean isSave(SdkRequest request) {
        return request instanceof PutItemRequest put
                && put.tableName().endsWith("channels")
                && put.item().containsKey("delivered");
    }
}
