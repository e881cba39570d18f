package io.carillon.dynamodb;

import static io.carillon.dynamodb.Items.s;
import static io.carillon.dynamodb.Items.text;

import io.carillon.push.Page;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Reads a partition of the table of devices part by part, strongly consistent. */
final class ItemPages {

    private final DynamoDbClient client;
    private final String table;

    ItemPages(DynamoDbClient client, String table) {
        this.client = client;
        this.table = table;
    }

    /** Reads what comes after an item, whether that still exists or not; one part is never longer than 1 MB. */
    <T> Page<T> read(String owner, String since, int limit, Function<Map<String, AttributeValue>, T> row) {
        var answer = client.query(query -> {
            query.tableName(table)
                    .consistentRead(true)
                    .limit(limit)
                    .keyConditionExpression("#o = :o")
                    .expressionAttributeNames(Map.of("#o", DeviceKeys.OWNER))
                    .expressionAttributeValues(Map.of(":o", s(owner)));
            if (!since.isEmpty()) {
                query.exclusiveStartKey(DeviceKeys.key(owner, since));
            }
        });
        List<T> items = answer.items().stream().map(row).toList();
        boolean more =
                answer.hasLastEvaluatedKey() && !answer.lastEvaluatedKey().isEmpty();
        return new Page<>(items, more ? text(answer.lastEvaluatedKey(), DeviceKeys.ITEM) : "");
    }
}
