package io.carillon.dynamodb;

import io.carillon.connection.Connections;
import io.carillon.connection.EntrySwapContract;
import java.time.InstantSource;

class DynamoDbEntrySwapTest extends EntrySwapContract {

    private static final TableNames TABLES = LocalDynamoDb.tablesFor(DynamoDbEntrySwapTest.class);

    @Override
    protected Connections connections(InstantSource clock) {
        return new DynamoDbConnections(LocalDynamoDb.client(), TABLES, clock);
    }
}
