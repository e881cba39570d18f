package io.carillon.dynamodb;

import static io.carillon.dynamodb.Items.s;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/** Reads many rows of one table, whose key is one string, strongly consistent. */
final class BatchReader {

    /** The most keys that one call may name. */
    private static final int MAX_KEYS = 100;

    private final DynamoDbClient client;
    private final String table;
    private final String key;

    BatchReader(DynamoDbClient client, String table, String key) {
        this.client = client;
        this.table = table;
        this.key = key;
    }

    /** Reads the rows that exist, in any order. */
    List<Map<String, AttributeValue>> read(List<String> ids) {
        List<Map<String, AttributeValue>> found = new ArrayList<>(ids.size());
        for (int from = 0; from < ids.size(); from += MAX_KEYS) {
            List<Map<String, AttributeValue>> keys = ids.subList(from, Math.min(from + MAX_KEYS, ids.size())).stream()
                    .map(id -> Map.of(key, s(id)))
                    .toList();
            readAll(keys, found);
        }
        return found;
    }

    private void readAll(List<Map<String, AttributeValue>> keys, List<Map<String, AttributeValue>> found) {
        Map<String, KeysAndAttributes> wanted = Map.of(
                table,
                KeysAndAttributes.builder().keys(keys).consistentRead(true).build());
        Pause pause = new Pause("DynamoDB leaves keys of a batch unprocessed");
        while (!wanted.isEmpty()) {
            Map<String, KeysAndAttributes> request = wanted;
            BatchGetItemResponse response = client.batchGetItem(get -> get.requestItems(request));
            found.addAll(response.responses().getOrDefault(table, List.of()));
            wanted = response.unprocessedKeys();
            if (!wanted.isEmpty()) {
                pause.take();
            }
        }
    }
}
