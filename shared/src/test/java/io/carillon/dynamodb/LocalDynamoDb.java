package io.carillon.dynamodb;

import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.dynamodb.services.local.embedded.DynamoDBEmbedded;

/** One DynamoDB in memory for all tests of the JVM. */
final class LocalDynamoDb {

    private static final boolean NO_TELEMETRY = true;
    private static final DynamoDbClient CLIENT =
            DynamoDBEmbedded.create(NO_TELEMETRY).dynamoDbClient();

    private LocalDynamoDb() {}

    static DynamoDbClient client() {
        return CLIENT;
    }

    /** Creates tables of their own for one test class, whose methods keep apart by the names they use. */
    static TableNames tablesFor(Class<?> test) {
        TableNames names = TableNames.withPrefix(test.getSimpleName() + "-");
        Tables.create(CLIENT, names);
        return names;
    }
}
