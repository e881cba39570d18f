package io.carillon.dynamodb;

import static io.carillon.dynamodb.Items.text;

import io.carillon.parallel.Parallel;
import io.carillon.push.Members;
import io.carillon.push.Page;
import java.util.List;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Keeps a row for each member of a channel, in the table of devices. Safe for use by several threads. */
public final class DynamoDbMembers implements Members {

    private final DynamoDbClient client;
    private final String table;
    private final ItemPages pages;

    public DynamoDbMembers(DynamoDbClient client, TableNames names) {
        this.client = client;
        this.table = names.devices();
        this.pages = new ItemPages(client, table);
    }

    @Override
    public void add(String channel, List<String> users) {
        Parallel.map(
                users,
                user -> client.putItem(
                        put -> put.tableName(table).item(DeviceKeys.key(DeviceKeys.channel(channel), user))));
    }

    @Override
    public void remove(String channel, List<String> users) {
        Parallel.map(
                users,
                user -> client.deleteItem(
                        delete -> delete.tableName(table).key(DeviceKeys.key(DeviceKeys.channel(channel), user))));
    }

    @Override
    public Page<String> of(String channel, String since, int limit) {
        return pages.read(DeviceKeys.channel(channel), since, limit, item -> text(item, DeviceKeys.ITEM));
    }
}
