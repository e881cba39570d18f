package io.carillon.dynamodb;

import static io.carillon.dynamodb.Items.bool;
import static io.carillon.dynamodb.Items.flag;
import static io.carillon.dynamodb.Items.n;
import static io.carillon.dynamodb.Items.names;
import static io.carillon.dynamodb.Items.number;
import static io.carillon.dynamodb.Items.s;
import static io.carillon.dynamodb.Items.text;

import io.carillon.delivery.ShardState;
import io.carillon.delivery.Shards;
import io.carillon.events.Position;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * Keeps shard states in the table {@code channels}. The state of a shard that is closed and empty is forgotten after 15
 * days, when no message can be left in its mailbox (a queue keeps one for 14 days at most).
 *
 * <p>Safe for use by several threads and processes.
 */
public final class DynamoDbShards implements Shards {

    private static final Duration FORGOTTEN_AFTER = Duration.ofDays(15);
    private static final String MARK = "mark";

    private final DynamoDbClient client;
    private final String table;
    private final Expiry expiry;

    public DynamoDbShards(DynamoDbClient client, TableNames names, InstantSource clock) {
        this.client = client;
        this.table = names.channels();
        this.expiry = new Expiry(clock);
    }

    /** {@inheritDoc} One call: 1 RRU. */
    @Override
    public ShardState load(String channel, int shard) {
        Map<String, AttributeValue> item = client.getItem(get ->
                        get.tableName(table).key(Keys.shard(channel, shard)).consistentRead(true))
                .item();
        if (item.isEmpty() || expiry.isPast(item)) {
            return ShardState.UNUSED;
        }
        return new ShardState(
                new Position(number(item, "delivered"), text(item, "epoch")),
                Math.toIntExact(number(item, "size")),
                flag(item, "open"),
                number(item, "version"));
    }

    /** {@inheritDoc} One call: 1 WRU. */
    @Override
    public boolean save(String channel, int shard, ShardState state) {
        boolean isFirst = state.version() == 1;
        String mark = ShortId.next();
        try {
            client.putItem(put -> put.tableName(table)
                    .item(item(channel, shard, state, mark))
                    .conditionExpression(
                            isFirst ? "attribute_not_exists(#channel) OR #ttl <= :now" : "#version = :before")
                    .expressionAttributeNames(isFirst ? names("channel", Tables.TTL) : names("version"))
                    .expressionAttributeValues(
                            isFirst ? Map.of(":now", n(expiry.now())) : Map.of(":before", n(state.version() - 1)))
                    .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD));
            return true;
        } catch (ConditionalCheckFailedException e) {
            // The SDK repeats a call whose answer got lost: that must not lose against its own first attempt.
            return text(e.item(), MARK).equals(mark);
        }
    }

    private Map<String, AttributeValue> item(String channel, int shard, ShardState state, String mark) {
        Map<String, AttributeValue> item = new HashMap<>(Keys.shard(channel, shard));
        item.put("epoch", s(state.delivered().epoch()));
        item.put("delivered", n(state.delivered().offset()));
        item.put("size", n(state.size()));
        item.put("open", bool(state.open()));
        item.put("version", n(state.version()));
        item.put(MARK, s(mark));
        if (!state.open() && state.size() == 0) {
            item.put(Tables.TTL, n(expiry.after(FORGOTTEN_AFTER)));
        }
        return item;
    }
}
