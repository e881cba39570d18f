package io.carillon.local;

import io.carillon.local.template.DescribedTable;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;

/** Makes the tables that a template describes, as CloudFormation does. */
final class LocalTables {

    private LocalTables() {}

    /** Makes those that do not exist yet, waits for them, and has their expired rows deleted. */
    static void create(DynamoDbClient client, List<DescribedTable> tables) {
        for (DescribedTable table : tables) {
            try {
                client.createTable(table.definition());
            } catch (ResourceInUseException ignored) {
                continue;
            }
            client.waiter().waitUntilTableExists(describe -> describe.tableName(table.name()));
            client.updateTimeToLive(update -> update.tableName(table.name())
                    .timeToLiveSpecification(ttl -> ttl.enabled(true).attributeName(table.timeToLive())));
        }
    }
}
