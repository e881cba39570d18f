package io.carillon.dynamodb;

import io.carillon.connection.Connections;
import io.carillon.connection.RevocationsContract;
import java.time.InstantSource;

class DynamoDbRevocationsTest extends RevocationsContract {

    private static final TableNames TABLES = LocalDynamoDb.tablesFor(DynamoDbRevocationsTest.class);

    @Override
    protected Connections connections(InstantSource clock) {
        return new DynamoDbConnections(LocalDynamoDb.client(), TABLES, clock);
    }
}
