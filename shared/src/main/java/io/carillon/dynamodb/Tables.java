package io.carillon.dynamodb;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/**
 * Defines the tables, and creates them where no deployment tool does: on a laptop and in tests.
 *
 * <p>The indexes hold keys only. A connection's row changes with every subscription; an index that held all attributes
 * would be written, and paid for, each time, while one that holds keys is written when the connection comes, says who
 * it is, and goes. Those who look up an index are few and read the rows themselves.
 */
public final class Tables {

    /** The attribute, in seconds since 1970, after which DynamoDB may delete a row of any table. */
    public static final String TTL = "ttl";

    static final String USER_INDEX = "user";
    static final String HEARTBEAT_INDEX = "heartbeat";

    private Tables() {}

    /** Defines all tables, with their indexes, paid per request. */
    public static List<CreateTableRequest> definitions(TableNames names) {
        return List.of(
                table(names.connections(), string("connectionId"))
                        .attributeDefinitions(attributes(
                                string("connectionId"), string("user"), number("slot"), number("nextExpiry")))
                        .globalSecondaryIndexes(
                                index(USER_INDEX, string("user")),
                                index(HEARTBEAT_INDEX, number("slot"), number("nextExpiry")))
                        .build(),
                table(names.subscriptions(), string("shard"), string("connectionId"))
                        .build(),
                table(names.channels(), string("channel"), string("item")).build(),
                table(names.publications(), string("log"), number("offset")).build(),
                table(names.outboxes(), string("connectionId")).build(),
                table(names.devices(), string(DeviceKeys.OWNER), string(DeviceKeys.ITEM))
                        .build());
    }

    /** Creates the tables that do not exist yet, waits for them, and has their expired rows deleted. */
    public static void create(DynamoDbClient client, TableNames names) {
        for (CreateTableRequest definition : definitions(names)) {
            String name = definition.tableName();
            try {
                client.createTable(definition);
            } catch (ResourceInUseException ignored) {
                continue;
            }
            client.waiter().waitUntilTableExists(describe -> describe.tableName(name));
            client.updateTimeToLive(update -> update.tableName(name)
                    .timeToLiveSpecification(ttl -> ttl.enabled(true).attributeName(TTL)));
        }
    }

    private record Column(String name, ScalarAttributeType type) {}

    private static Column string(String name) {
        return new Column(name, ScalarAttributeType.S);
    }

    private static Column number(String name) {
        return new Column(name, ScalarAttributeType.N);
    }

    private static CreateTableRequest.Builder table(String name, Column... key) {
        return CreateTableRequest.builder()
                .tableName(name)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(schema(key))
                .attributeDefinitions(attributes(key));
    }

    private static GlobalSecondaryIndex index(String name, Column... key) {
        return GlobalSecondaryIndex.builder()
                .indexName(name)
                .keySchema(schema(key))
                .projection(projection -> projection.projectionType(ProjectionType.KEYS_ONLY))
                .build();
    }

    private static List<KeySchemaElement> schema(Column... key) {
        Map<String, KeyType> types = new LinkedHashMap<>();
        for (Column column : key) {
            types.put(column.name(), types.isEmpty() ? KeyType.HASH : KeyType.RANGE);
        }
        return types.entrySet().stream()
                .map(entry -> KeySchemaElement.builder()
                        .attributeName(entry.getKey())
                        .keyType(entry.getValue())
                        .build())
                .toList();
    }

    private static List<AttributeDefinition> attributes(Column... columns) {
        return Arrays.stream(columns)
                .map(column -> AttributeDefinition.builder()
                        .attributeName(column.name())
                        .attributeType(column.type())
                        .build())
                .toList();
    }
}
