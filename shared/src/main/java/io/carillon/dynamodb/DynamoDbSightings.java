package io.carillon.dynamodb;

import static io.carillon.dynamodb.Items.n;
import static io.carillon.dynamodb.Items.names;
import static io.carillon.dynamodb.Items.number;
import static io.carillon.dynamodb.Items.s;

import io.carillon.region.Sightings;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * Keeps sightings in the table {@code channels}, one item for each mark, which never expires: a mark that was given up must
 * stay so. A note costs 1 WRU.
 */
public final class DynamoDbSightings implements Sightings {

    /** No channel's item: channels have items named {@code log} and {@code shard#k}. */
    private static final String HEALTH = "health";

    private final DynamoDbClient client;
    private final String table;
    private final Map<String, AttributeValue> key;

    /** Keeps the sightings of a mark. */
    public DynamoDbSightings(DynamoDbClient client, TableNames names, String mark) {
        this.client = client;
        this.table = names.channels();
        this.key = Map.of("channel", s(mark), "item", s(HEALTH));
    }

    @Override
    public boolean note(Instant now, Duration gap) {
        try {
            client.updateItem(update -> update.tableName(table)
                    .key(key)
                    .updateExpression("SET #seen = :now")
                    .conditionExpression("attribute_not_exists(#seen) OR #seen >= :oldest")
                    .expressionAttributeNames(names("seen"))
                    .expressionAttributeValues(Map.of(
                            ":now", n(now.toEpochMilli()),
                            ":oldest", n(now.minus(gap).toEpochMilli()))));
            return true;
        } catch (ConditionalCheckFailedException ignored) {
            return false;
        }
    }

    @Override
    public boolean wouldNote(Instant now, Duration gap) {
        Map<String, AttributeValue> item = client.getItem(
                        get -> get.tableName(table).key(key).consistentRead(true))
                .item();
        return !item.containsKey("seen")
                || number(item, "seen") >= now.minus(gap).toEpochMilli();
    }
}
