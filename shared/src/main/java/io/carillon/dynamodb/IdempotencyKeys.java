package io.carillon.dynamodb;

import static io.carillon.dynamodb.Items.n;
import static io.carillon.dynamodb.Items.names;
import static io.carillon.dynamodb.Items.number;
import static io.carillon.dynamodb.Items.s;
import static io.carillon.dynamodb.Items.text;

import io.carillon.events.Position;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/** Works on the items that remember the idempotency keys of a channel, each for five minutes. */
final class IdempotencyKeys {

    private static final Duration REMEMBERED = Duration.ofMinutes(5);
    private static final String UNUSED = "attribute_not_exists(#channel) OR #ttl <= :now";
    private static final String MARK = "mark";

    private final DynamoDbClient client;
    private final String table;
    private final Expiry expiry;

    IdempotencyKeys(DynamoDbClient client, String table, Expiry expiry) {
        this.client = client;
        this.table = table;
        this.expiry = expiry;
    }

    boolean claim(String channel, String key) {
        String mark = ShortId.next();
        Map<String, AttributeValue> item = item(channel, key, Position.NONE);
        item.put(MARK, s(mark));
        try {
            client.putItem(put -> put.tableName(table)
                    .item(item)
                    .conditionExpression(UNUSED)
                    .expressionAttributeNames(names("channel", Tables.TTL))
                    .expressionAttributeValues(Map.of(":now", n(expiry.now())))
                    .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD));
            return true;
        } catch (ConditionalCheckFailedException e) {
            // The SDK repeats a call whose answer got lost: that must not lose against its own first attempt.
            return text(e.item(), MARK).equals(mark);
        }
    }

    /** The write that remembers a position, as a part of a transaction. */
    Put inTransaction(String channel, String key, Position position) {
        return Put.builder()
                .tableName(table)
                .item(item(channel, key, position))
                .conditionExpression(UNUSED)
                .expressionAttributeNames(names("channel", Tables.TTL))
                .expressionAttributeValues(Map.of(":now", n(expiry.now())))
                .build();
    }

    Optional<Position> earlier(String channel, String key) {
        return Optional.of(client.getItem(get -> get.tableName(table)
                                .key(Keys.idempotency(channel, key))
                                .consistentRead(true))
                        .item())
                .filter(item -> !item.isEmpty() && !expiry.isPast(item))
                .map(item -> new Position(number(item, "offset"), text(item, "epoch")));
    }

    private Map<String, AttributeValue> item(String channel, String key, Position position) {
        Map<String, AttributeValue> item = new HashMap<>(Keys.idempotency(channel, key));
        item.put("offset", n(position.offset()));
        item.put("epoch", s(position.epoch()));
        item.put(Tables.TTL, n(expiry.after(REMEMBERED)));
        return item;
    }
}
