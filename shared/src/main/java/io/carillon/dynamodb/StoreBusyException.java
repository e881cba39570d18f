package io.carillon.dynamodb;

/** Says that DynamoDB did not do its work within the bounded attempts. Trying again later helps. */
public final class StoreBusyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StoreBusyException(String reason) {
        super(reason + ": try again, and see the table's throttling metrics if it stays");
    }
}
