package io.carillon.dynamodb;

import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/** Repeats a write that met a transaction on the same item, which the SDK does not. */
final class Conflicts {

    private Conflicts() {}

    static <T> T retry(Supplier<T> write) {
        Pause pause = new Pause("Transactions on one item keep colliding");
        while (true) {
            try {
                return write.get();
            } catch (TransactionConflictException ignored) {
                pause.take();
            } catch (TransactionCanceledException e) {
                if (hasFailedCondition(e) || !isPassing(e)) {
                    throw e;
                }
                pause.take();
            }
        }
    }

    /** Whether the condition of the write with this number, from 0, is why the transaction was cancelled. */
    static boolean hasFailedCondition(TransactionCanceledException e, int write) {
        return e.cancellationReasons().get(write).code().equals("ConditionalCheckFailed");
    }

    private static boolean hasFailedCondition(TransactionCanceledException e) {
        return e.cancellationReasons().stream().anyMatch(reason -> reason.code().equals("ConditionalCheckFailed"));
    }

    private static boolean isPassing(TransactionCanceledException e) {
        return e.cancellationReasons().stream().allMatch(reason -> switch (reason.code()) {
            case "None", "TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded" -> true;
            default -> false;
        });
    }
}
