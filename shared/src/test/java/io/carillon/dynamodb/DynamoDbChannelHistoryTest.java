package io.carillon.dynamodb;

import io.carillon.channel.ChannelHistoryContract;
import io.carillon.channel.ChannelLog;
import java.time.InstantSource;

class DynamoDbChannelHistoryTest extends ChannelHistoryContract {

    private static final TableNames TABLES = LocalDynamoDb.tablesFor(DynamoDbChannelHistoryTest.class);

    @Override
    protected ChannelLog log(InstantSource clock) {
        return new DynamoDbChannelLog(LocalDynamoDb.client(), TABLES, clock);
    }
}
