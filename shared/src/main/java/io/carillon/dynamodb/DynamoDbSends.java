package io.carillon.dynamodb;

import static io.carillon.dynamodb.Items.n;
import static io.carillon.dynamodb.Items.names;
import static io.carillon.dynamodb.Items.s;
import static io.carillon.dynamodb.Items.text;

import io.carillon.push.Page;
import io.carillon.push.Sends;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/** Keeps a row for each notification and recipient, in the table of devices. Safe for use by several threads. */
public final class DynamoDbSends implements Sends {

    private static final Duration REMEMBERED = Duration.ofDays(REMEMBERED_DAYS);

    /** Longer than an invocation of the push handler may take. */
    private static final Duration LEASE = Duration.ofMinutes(1);

    private static final String STATUS = "status";
    private static final String UNTIL = "until";
    private static final String MARK = "mark";

    private final DynamoDbClient client;
    private final String table;
    private final Expiry expiry;
    private final InstantSource clock;
    private final ItemPages pages;

    public DynamoDbSends(DynamoDbClient client, TableNames names, InstantSource clock) {
        this.client = client;
        this.table = names.devices();
        this.expiry = new Expiry(clock);
        this.clock = clock;
        this.pages = new ItemPages(client, table);
    }

    @Override
    public Claim claim(String uid, String recipient) {
        String mark = ShortId.next();
        Map<String, AttributeValue> item = new HashMap<>(DeviceKeys.key(DeviceKeys.push(uid), recipient));
        item.put(UNTIL, n(expiry.after(LEASE)));
        item.put(MARK, s(mark));
        item.put(Tables.TTL, n(expiry.after(REMEMBERED)));
        try {
            client.putItem(put -> put.tableName(table)
                    .item(item)
                    .conditionExpression("attribute_not_exists(#owner) OR #ttl <= :now"
                            + " OR attribute_not_exists(#status) AND #until <= :now OR #status = :failed")
                    .expressionAttributeNames(names(DeviceKeys.OWNER, Tables.TTL, STATUS, UNTIL))
                    .expressionAttributeValues(Map.of(":now", n(expiry.now()), ":failed", s(Status.FAILED.name())))
                    .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD));
            return Claim.TAKEN;
        } catch (ConditionalCheckFailedException e) {
            if (text(e.item(), MARK).equals(mark)) {
                // The SDK repeated a call whose answer got lost.
                return Claim.TAKEN;
            }
            return text(e.item(), STATUS).isEmpty() ? Claim.BUSY : Claim.DONE;
        }
    }

    @Override
    public void release(String uid, String recipient) {
        client.deleteItem(delete -> delete.tableName(table).key(DeviceKeys.key(DeviceKeys.push(uid), recipient)));
    }

    @Override
    public void settle(String uid, Delivery delivery) {
        Map<String, AttributeValue> item = settled(uid, delivery);
        client.putItem(put -> put.tableName(table).item(item));
    }

    @Override
    public void fail(String uid, String recipient, String detail) {
        Map<String, AttributeValue> item = settled(uid, new Delivery(recipient, Status.FAILED, detail));
        try {
            client.putItem(put -> put.tableName(table)
                    .item(item)
                    .conditionExpression("attribute_not_exists(#status)")
                    .expressionAttributeNames(names(STATUS)));
        } catch (ConditionalCheckFailedException ignored) {
            // It has an end.
        }
    }

    private Map<String, AttributeValue> settled(String uid, Delivery delivery) {
        Map<String, AttributeValue> item = new HashMap<>(DeviceKeys.key(DeviceKeys.push(uid), delivery.recipient()));
        item.put(STATUS, s(delivery.status().name()));
        item.put("detail", s(delivery.detail()));
        item.put(Tables.TTL, n(expiry.after(REMEMBERED)));
        return item;
    }

    @Override
    public boolean note(String uid, Delivery delivery) {
        Map<String, AttributeValue> item = settled(uid, delivery);
        try {
            client.putItem(put -> put.tableName(table)
                    .item(item)
                    .conditionExpression("attribute_exists(#status)")
                    .expressionAttributeNames(names(STATUS)));
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        }
    }

    @Override
    public void cancel(String uid) {
        Map<String, AttributeValue> item = new HashMap<>(DeviceKeys.cancelled(uid));
        item.put(Tables.TTL, n(expiry.after(Duration.ofDays(FARTHEST_DAYS + 1))));
        client.putItem(put -> put.tableName(table).item(item));
    }

    @Override
    public boolean isCancelled(String uid) {
        Map<String, AttributeValue> item = client.getItem(get ->
                        get.tableName(table).key(DeviceKeys.cancelled(uid)).consistentRead(true))
                .item();
        return !item.isEmpty() && !expiry.isPast(item);
    }

    @Override
    public Page<Delivery> of(String uid, String since, int limit) {
        Page<Map<String, AttributeValue>> page = pages.read(DeviceKeys.push(uid), since, limit, item -> item);
        return new Page<>(
                page.items().stream()
                        .filter(item -> !text(item, STATUS).isEmpty() && !expiry.isPast(item))
                        .map(item -> new Delivery(
                                text(item, DeviceKeys.ITEM), Status.valueOf(text(item, STATUS)), text(item, "detail")))
                        .toList(),
                page.next());
    }

    @Override
    public boolean allows(String device, int perMinute) {
        return count(rate(device), perMinute, Duration.ofMinutes(2));
    }

    private Map<String, AttributeValue> rate(String device) {
        return DeviceKeys.rate(device, clock.millis() / Duration.ofMinutes(1).toMillis());
    }

    private Map<String, AttributeValue> limit(String counted, Duration interval) {
        return DeviceKeys.limit(counted, interval.toMillis(), clock.millis() / interval.toMillis());
    }

    @Override
    public boolean allows(String counted, Duration interval, int most) {
        return count(limit(counted, interval), most, interval.plusMinutes(1));
    }

    @Override
    public void giveBack(String device) {
        giveBack(rate(device));
    }

    @Override
    public void giveBack(String counted, Duration interval) {
        giveBack(limit(counted, interval));
    }

    private void giveBack(Map<String, AttributeValue> key) {
        try {
            client.updateItem(update -> update.tableName(table)
                    .key(key)
                    .updateExpression("ADD #count :less")
                    .conditionExpression("#count > :none")
                    .expressionAttributeNames(names("count"))
                    .expressionAttributeValues(Map.of(":less", n(-1), ":none", n(0))));
        } catch (ConditionalCheckFailedException ignored) {
            // The interval in which it was counted is over.
        }
    }

    private boolean count(Map<String, AttributeValue> key, int most, Duration kept) {
        try {
            client.updateItem(update -> update.tableName(table)
                    .key(key)
                    .updateExpression("ADD #count :one SET #ttl = :ttl")
                    .conditionExpression("attribute_not_exists(#count) OR #count < :most")
                    .expressionAttributeNames(names("count", Tables.TTL))
                    .expressionAttributeValues(Map.of(":one", n(1), ":most", n(most), ":ttl", n(expiry.after(kept)))));
            return true;
        } catch (ConditionalCheckFailedException e) {
            return false;
        }
    }
}
