package io.carillon.dynamodb;

import static io.carillon.dynamodb.Items.n;
import static io.carillon.dynamodb.Items.names;
import static io.carillon.dynamodb.Items.number;

import io.carillon.push.UserTopics;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/** Keeps a row for each user with topics, in the table of devices. Safe for use by several threads. */
public final class DynamoDbUserTopics implements UserTopics {

    private static final int ATTEMPTS = 8;
    private static final String TOPICS = "topics";
    private static final String VERSION = "version";

    private final DynamoDbClient client;
    private final String table;

    public DynamoDbUserTopics(DynamoDbClient client, TableNames names) {
        this.client = client;
        this.table = names.devices();
    }

    @Override
    public Set<String> of(String user) {
        return topics(read(user));
    }

    @Override
    public void change(String user, UnaryOperator<Set<String>> change) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Map<String, AttributeValue> before = read(user);
            Set<String> topics = change.apply(topics(before));
            if (topics.equals(topics(before)) || put(user, topics, number(before, VERSION))) {
                return;
            }
        }
        throw new IllegalStateException("A user's topics keep changing while they are updated");
    }

    private boolean put(String user, Set<String> topics, long before) {
        Map<String, AttributeValue> item = new HashMap<>(DeviceKeys.userTopics(user));
        item.put(VERSION, n(before + 1));
        if (!topics.isEmpty()) {
            // DynamoDB has no empty sets.
            item.put(TOPICS, AttributeValue.fromSs(topics.stream().sorted().toList()));
        }
        try {
            client.putItem(put -> put.tableName(table)
                    .item(item)
                    .conditionExpression("attribute_not_exists(#version) OR #version = :before")
                    .expressionAttributeNames(names(VERSION))
                    .expressionAttributeValues(Map.of(":before", n(before))));
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        }
    }

    private Map<String, AttributeValue> read(String user) {
        return client.getItem(get ->
                        get.tableName(table).key(DeviceKeys.userTopics(user)).consistentRead(true))
                .item();
    }

    private static Set<String> topics(Map<String, AttributeValue> item) {
        AttributeValue topics = item.get(TOPICS);
        return topics == null ? Set.of() : new HashSet<>(topics.ss());
    }
}
