package io.carillon.dynamodb;

import static io.carillon.dynamodb.Items.n;
import static io.carillon.dynamodb.Items.names;
import static io.carillon.dynamodb.Items.number;
import static io.carillon.dynamodb.Items.s;
import static io.carillon.dynamodb.Items.text;

import io.carillon.channel.LogState;
import io.carillon.events.Position;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * Works on the one item per channel that holds its epoch, offset and number of shards.
 *
 * <p>An epoch that has another mark than {@link Epochs} has is treated as one that has expired.
 *
 * <p>{@code expires} says when the epoch ends. {@code ttl}, by which DynamoDB deletes the item, is the same while nobody
 * listens; while shards are open, {@code hold} lifts it out of reach, because an item that lost its number of shards
 * would leave the channel's subscribers without publications.
 */
final class LogItem {

    /** Some 3,000 years: DynamoDB does not get to delete what is held. */
    private static final long HELD = 100_000_000_000L;

    private final DynamoDbClient client;
    private final String table;
    private final Expiry expiry;
    private final Epochs epochs;
    private final String live;

    LogItem(DynamoDbClient client, String table, Expiry expiry, Epochs epochs) {
        this.client = client;
        this.table = table;
        this.expiry = expiry;
        this.epochs = epochs;
        this.live = "#expires > :now" + (epochs.areMarked() ? " AND begins_with(#epoch, :own)" : "");
    }

    LogState state(String channel) {
        return stateOf(client.getItem(
                        get -> get.tableName(table).key(Keys.log(channel)).consistentRead(true))
                .item());
    }

    /** The state as it is, or was a moment ago. */
    LogState lately(String channel) {
        return stateOf(client.getItem(get -> get.tableName(table).key(Keys.log(channel)))
                .item());
    }

    LogState reserve(String channel, Duration metaTtl) {
        Pause pause = new Pause("The epoch of a channel keeps changing");
        while (true) {
            try {
                return update(UpdateItemRequest.builder()
                        .key(Keys.log(channel))
                        .updateExpression("SET #epoch = if_not_exists(#epoch, :fresh), #expires = :expires,"
                                + " #ttl = if_not_exists(#hold, :zero) + :expires ADD #offset :one")
                        .conditionExpression("attribute_not_exists(#epoch) OR " + live)
                        .expressionAttributeNames(names("epoch", "expires", "ttl", "hold", "offset"))
                        .expressionAttributeValues(values(metaTtl, Map.of(":zero", n(0), ":one", n(1)))));
            } catch (ConditionalCheckFailedException e) {
                Optional<LogState> restarted = restart(channel, e.item(), 1, Optional.empty(), metaTtl);
                if (restarted.isPresent()) {
                    return restarted.orElseThrow();
                }
            }
            pause.take();
        }
    }

    LogState openShard(String channel, int shard, Duration metaTtl) {
        Pause pause = new Pause("The epoch of a channel keeps changing");
        while (true) {
            try {
                return update(UpdateItemRequest.builder()
                        .key(Keys.log(channel))
                        .updateExpression("SET #epoch = if_not_exists(#epoch, :fresh),"
                                + " #offset = if_not_exists(#offset, :zero), #shards = :shards, #expires = :expires,"
                                + " #hold = :hold, #ttl = :expires + :hold")
                        .conditionExpression("(attribute_not_exists(#epoch) OR " + live + ")"
                                + " AND (attribute_not_exists(#shards) OR #shards < :shards)")
                        .expressionAttributeNames(names("epoch", "offset", "shards", "expires", "hold", "ttl"))
                        .expressionAttributeValues(
                                values(metaTtl, Map.of(":zero", n(0), ":shards", n(shard + 1), ":hold", n(HELD)))));
            } catch (ConditionalCheckFailedException e) {
                if (isLive(e.item())) {
                    return stateOf(e.item());
                }
                Optional<LogState> restarted = restart(channel, e.item(), 0, Optional.of(shard + 1), metaTtl);
                if (restarted.isPresent()) {
                    return restarted.orElseThrow();
                }
            }
            pause.take();
        }
    }

    boolean closeShard(String channel, int shard) {
        boolean isLast = shard == 0;
        Map<String, AttributeValue> values = new HashMap<>(Map.of(":shard", n(shard), ":shards", n(shard + 1)));
        if (isLast) {
            values.put(":zero", n(0));
        }
        try {
            client.updateItem(update -> update.tableName(table)
                    .key(Keys.log(channel))
                    .updateExpression("SET #shards = :shard" + (isLast ? ", #hold = :zero, #ttl = #expires" : ""))
                    .conditionExpression("#shards = :shards")
                    .expressionAttributeNames(isLast ? names("shards", "hold", "ttl", "expires") : names("shards"))
                    .expressionAttributeValues(values)
                    .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD));
            return true;
        } catch (ConditionalCheckFailedException e) {
            return number(e.item(), "shards") <= shard;
        }
    }

    void remove(String channel) {
        try {
            client.updateItem(update -> update.tableName(table)
                    .key(Keys.log(channel))
                    .updateExpression("SET #floor = #offset")
                    .conditionExpression(live)
                    .expressionAttributeNames(
                            epochs.areMarked()
                                    ? names("floor", "offset", "expires", "epoch")
                                    : names("floor", "offset", "expires"))
                    .expressionAttributeValues(liveness()));
        } catch (ConditionalCheckFailedException ignored) {
            // There is no history to drop.
        }
    }

    /**
     * Replaces an epoch that is over, or is not to be continued; gives nothing if another caller did, or changed the
     * shards, meanwhile.
     */
    private Optional<LogState> restart(
            String channel, Map<String, AttributeValue> old, long offset, Optional<Integer> atLeast, Duration metaTtl) {
        if (old.isEmpty()) {
            return Optional.empty();
        }
        long before = number(old, "shards");
        long shards = Math.max(before, atLeast.orElse(0));
        try {
            return Optional.of(update(UpdateItemRequest.builder()
                    .key(Keys.log(channel))
                    .updateExpression("SET #epoch = :fresh, #offset = :offset, #floor = :zero, #shards = :shards,"
                            + " #expires = :expires, #hold = :hold, #ttl = :expires + :hold")
                    .conditionExpression("#epoch = :old AND NOT (" + live + ")"
                            + " AND (attribute_not_exists(#shards) OR #shards = :before)")
                    .expressionAttributeNames(names("epoch", "offset", "floor", "shards", "expires", "hold", "ttl"))
                    .expressionAttributeValues(values(
                            metaTtl,
                            Map.of(
                                    ":offset", n(offset),
                                    ":zero", n(0),
                                    ":shards", n(shards),
                                    ":before", n(before),
                                    ":old", s(text(old, "epoch")),
                                    ":hold", n(shards > 0 ? HELD : 0))))));
        } catch (ConditionalCheckFailedException ignored) {
            return Optional.empty();
        }
    }

    private LogState update(UpdateItemRequest.Builder request) {
        return stateOf(client.updateItem(request.tableName(table)
                        .returnValues(ReturnValue.ALL_NEW)
                        .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                        .build())
                .attributes());
    }

    private Map<String, AttributeValue> values(Duration metaTtl, Map<String, AttributeValue> more) {
        Map<String, AttributeValue> values = liveness();
        values.putAll(more);
        values.put(":fresh", s(epochs.fresh()));
        values.put(":expires", n(expiry.after(metaTtl)));
        return values;
    }

    /** The values that the condition {@code live} compares with. */
    private Map<String, AttributeValue> liveness() {
        Map<String, AttributeValue> values = new HashMap<>(Map.of(":now", n(expiry.now())));
        if (epochs.areMarked()) {
            values.put(":own", s(epochs.prefix()));
        }
        return values;
    }

    private boolean isLive(Map<String, AttributeValue> item) {
        return number(item, "expires") > expiry.now() && epochs.own(text(item, "epoch"));
    }

    private LogState stateOf(Map<String, AttributeValue> item) {
        int shards = Math.toIntExact(number(item, "shards"));
        return isLive(item)
                ? new LogState(new Position(number(item, "offset"), text(item, "epoch")), number(item, "floor"), shards)
                : new LogState(Position.NONE, 0, shards);
    }
}
