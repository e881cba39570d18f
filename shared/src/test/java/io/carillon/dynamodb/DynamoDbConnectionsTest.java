package io.carillon.dynamodb;

import io.carillon.connection.Connections;
import io.carillon.connection.ConnectionsContract;
import java.time.InstantSource;

class DynamoDbConnectionsTest extends ConnectionsContract {

    private static final TableNames TABLES = LocalDynamoDb.tablesFor(DynamoDbConnectionsTest.class);

    @Override
    protected Connections connections(InstantSource clock) {
        return new DynamoDbConnections(LocalDynamoDb.client(), TABLES, clock);
    }
}
