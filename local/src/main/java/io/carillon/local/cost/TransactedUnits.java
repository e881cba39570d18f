package io.carillon.local.cost;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/**
 * Works out the least write units of a transaction: two for each item and KB, also when it is cancelled. DynamoDB Local
 * rounds the sum of the items and not each of them, and so reports too few for small ones.
 *
 * @see <a href="https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html">Item
 *     sizes</a>
 */
final class TransactedUnits {

    private static final int UNIT = 1_024;
    private static final int PER_UNIT = 2;

    private TransactedUnits() {}

    /** Counts what is known from the request; 0 for one that is no transaction. The size of what is updated is not. */
    static long of(DynamoDbRequest request) {
        return request instanceof TransactWriteItemsRequest write
                ? PER_UNIT
                        * write.transactItems().stream()
                                .mapToLong(TransactedUnits::units)
                                .sum()
                : 0;
    }

    private static long units(TransactWriteItem item) {
        return item.put() == null ? 1 : Counters.units(size(item.put().item()), UNIT);
    }

    private static long size(Map<String, AttributeValue> attributes) {
        return attributes.entrySet().stream()
                .mapToLong(entry -> size(entry.getKey()) + size(entry.getValue()))
                .sum();
    }

    private static long size(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static long size(AttributeValue value) {
        return switch (value.type()) {
            case S -> size(value.s());
            // Two digits a byte, and one for the sign and the exponent.
            case N -> value.n().length() / 2 + 2;
            case B -> value.b().asByteArrayUnsafe().length;
            case SS -> value.ss().stream().mapToLong(TransactedUnits::size).sum();
            case NS ->
                value.ns().stream().mapToLong(number -> number.length() / 2 + 2).sum();
            case BS ->
                value.bs().stream()
                        .mapToLong(bytes -> bytes.asByteArrayUnsafe().length)
                        .sum();
            case M -> 3 + value.m().size() + size(value.m());
            case L ->
                3 + value.l().stream().mapToLong(element -> 1 + size(element)).sum();
            default -> 1;
        };
    }
}
