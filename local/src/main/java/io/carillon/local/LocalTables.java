package io.carillon.local;

import io.carillon.local.template.DescribedTable;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;

/** Makes the tables that a template describes, as CloudFormation does. */
final class LocalTables {

    private LocalTables() {}

    /** Makes those that do not exist yet, waits for them, and has their expired rows deleted. */
    static void create(DynamoDbClient client, List<DescribedTable> tables, Storage storage) {
        for (DescribedTable table : tables) {
            String name = storage.named(table.name());
            try {
                client.createTable(
                        table.definition().toBuilder().tableName(name).build());
            } catch (ResourceInUseException ignored) {
                continue;
            }
            client.waiter().waitUntilTableExists(describe -> describe.tableName(name));
            client.updateTimeToLive(update -> update.tableName(name)
                    .timeToLiveSpecification(ttl -> ttl.enabled(true).attributeName(table.timeToLive())));
        }
    }
}
