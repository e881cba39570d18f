package io.carillon.local.faults;

import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/** Finds the tables that a call to DynamoDB is about: one, or several in a batch or a transaction. */
final class CalledTables {

    private CalledTables() {}

    /** Gives their names. */
    static Stream<String> of(SdkRequest request) {
        if (request instanceof TransactWriteItemsRequest transaction) {
            return transaction.transactItems().stream().flatMap(CalledTables::of);
        }
        Stream<String> one = request.getValueForField("TableName", String.class).stream();
        Stream<?> several = request.getValueForField("RequestItems", Map.class).stream()
                .flatMap(items -> ((Map<?, ?>) items).keySet().stream());
        return Stream.concat(one, several.map(Object::toString));
    }

    private static Stream<String> of(TransactWriteItem item) {
        return Stream.of(
                        Stream.ofNullable(item.put()).map(put -> put.tableName()),
                        Stream.ofNullable(item.update()).map(update -> update.tableName()),
                        Stream.ofNullable(item.delete()).map(delete -> delete.tableName()),
                        Stream.ofNullable(item.conditionCheck()).map(check -> check.tableName()))
                .flatMap(names -> names)
                .filter(Objects::nonNull);
    }
}
