package io.carillon.dynamodb;

import io.carillon.push.PushGateway;
import io.carillon.push.PushPorts;
import io.carillon.push.PushQueue;
import java.time.InstantSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Gives the stores of mobile push, on DynamoDB Local, to tests of other packages. */
public final class PushStores {

    private PushStores() {}

    /** Makes tables for one test. */
    public static PushPorts ports(String prefix, InstantSource clock, PushGateway gateway, PushQueue queue) {
        TableNames names = TableNames.withPrefix(prefix + "-");
        DynamoDbClient client = LocalDynamoDb.client();
        Tables.create(client, names);
        return new PushPorts(
                new DynamoDbDevices(client, names),
                new DynamoDbUserTopics(client, names),
                new DynamoDbMembers(client, names),
                new DynamoDbSends(client, names, clock),
                gateway,
                queue);
    }
}
