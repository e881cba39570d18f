package io.carillon.dynamodb;

import io.carillon.delivery.Subscribers;
import io.carillon.delivery.SubscribersContract;
import java.time.InstantSource;

class DynamoDbSubscribersTest extends SubscribersContract {

    private static final TableNames TABLES = LocalDynamoDb.tablesFor(DynamoDbSubscribersTest.class);

    @Override
    protected Subscribers subscribers(InstantSource clock) {
        return new DynamoDbSubscribers(LocalDynamoDb.client(), TABLES, clock);
    }
}
