package io.carillon.dynamodb;

import static io.carillon.dynamodb.Items.bool;
import static io.carillon.dynamodb.Items.flag;
import static io.carillon.dynamodb.Items.n;
import static io.carillon.dynamodb.Items.names;
import static io.carillon.dynamodb.Items.number;
import static io.carillon.dynamodb.Items.s;

import io.carillon.delivery.Poster.Outcome;
import io.carillon.events.Framing;
import io.carillon.longpoll.Outboxes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * Keeps each outbox in one row of the table {@code outboxes}. One row and not one for each message, because adding to a
 * list is atomic: numbers have no gaps, and no message is seen before one that was added earlier. It also makes the room
 * a condition of the write, and a fetch one read. In return a write costs as much as all that waits, which is little,
 * because the client fetches it soon.
 *
 * <p>Each message carries a short name before its text, by which a write that the SDK repeated, since its answer got
 * lost, is recognised.
 *
 * <p>Safe for use by several threads and processes.
 */
public final class DynamoDbOutboxes implements Outboxes {

    private static final int NAME = ShortId.next().length();

    /** A row lasts longer than its connection, for what is closed last; DynamoDB deletes it afterwards. */
    private static final Duration TTL = LIFETIME.plusHours(1);

    /** How old the note of the last request may get: it costs a write, and each request would make one. */
    private static final long SEEN_EVERY = 30;

    private final DynamoDbClient client;
    private final String table;
    private final Expiry expiry;

    public DynamoDbOutboxes(DynamoDbClient client, TableNames names, InstantSource clock) {
        this.client = client;
        this.table = names.outboxes();
        this.expiry = new Expiry(clock);
    }

    /** {@inheritDoc} One call: 1 WRU. */
    @Override
    public void open(String connection) {
        client.putItem(put -> put.tableName(table)
                .item(Map.of(
                        "connectionId",
                        s(connection),
                        "before",
                        n(0),
                        "bytes",
                        n(0),
                        "messages",
                        AttributeValue.fromL(List.of()),
                        "seenAt",
                        n(expiry.now()),
                        "endsAt",
                        n(expiry.after(LIFETIME)),
                        Tables.TTL,
                        n(expiry.after(TTL)))));
    }

    /** {@inheritDoc} One call: 1 WRU per KB of what waits; another where the connection is found gone. */
    @Override
    public Outcome add(String connection, String message) {
        int size = size(message);
        AttributeValue entry = s(ShortId.next() + message);
        try {
            client.updateItem(update -> update.tableName(table)
                    .key(key(connection))
                    .updateExpression("SET #messages = list_append(#messages, :added), #bytes = #bytes + :size")
                    .conditionExpression("attribute_exists(#bytes) AND attribute_not_exists(#closed)"
                            + " AND #seenAt >= :alive AND #endsAt > :now AND (#bytes <= :room OR #bytes = :none)"
                            + " AND NOT contains(#messages, :entry)")
                    .expressionAttributeNames(names("messages", "bytes", "closed", "seenAt", "endsAt"))
                    .expressionAttributeValues(Map.of(
                            ":added", AttributeValue.fromL(List.of(entry)),
                            ":entry", entry,
                            ":size", n(size),
                            ":alive", n(expiry.now() - PATIENCE.toSeconds()),
                            ":now", n(expiry.now()),
                            ":room", n(CAPACITY - size),
                            ":none", n(0)))
                    .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD));
            return Outcome.DELIVERED;
        } catch (ConditionalCheckFailedException e) {
            return refused(connection, e.hasItem() ? e.item() : Map.of(), entry);
        }
    }

    private Outcome refused(String connection, Map<String, AttributeValue> item, AttributeValue entry) {
        if (item.isEmpty() || flag(item, "closed")) {
            return Outcome.GONE;
        }
        if (item.get("messages").l().contains(entry)) {
            return Outcome.DELIVERED;
        }
        if (isOver(item) || number(item, "seenAt") < expiry.now() - PATIENCE.toSeconds()) {
            // Should it come back after all, it must learn that it has missed something.
            remove(connection);
            return Outcome.GONE;
        }
        return Outcome.BACKED_UP;
    }

    private boolean isOver(Map<String, AttributeValue> item) {
        return number(item, "endsAt") <= expiry.now();
    }

    /**
     * {@inheritDoc} One call: 1 RRU per 4 KB of what waits. Another, 1 WRU per KB, where the client has received
     * something, or has not been noted for half a minute.
     */
    @Override
    public Optional<Waiting> take(String connection, long ack) {
        Map<String, AttributeValue> item = client.getItem(
                        get -> get.tableName(table).key(key(connection)).consistentRead(true))
                .item();
        if (item.isEmpty() || isOver(item)) {
            return Optional.empty();
        }
        List<String> messages = item.get("messages").l().stream()
                .map(entry -> entry.s().substring(NAME))
                .toList();
        Waiting all = new Waiting(number(item, "before"), messages, flag(item, "closed"));
        // No more than were given: an expression that names too many places is refused.
        int received = Math.clamp(ack - all.before(), 0, Math.min(messages.size(), AT_A_TIME));
        if (received > 0) {
            drop(connection, all, received);
        } else if (number(item, "seenAt") <= expiry.now() - SEEN_EVERY) {
            note(connection);
        }
        return Optional.of(all.without(received).first(AT_A_TIME));
    }

    /** Takes from the front, unless somebody has since; who adds meanwhile does so at the end. */
    private void drop(String connection, Waiting all, int received) {
        int freed = all.messages().subList(0, received).stream()
                .mapToInt(DynamoDbOutboxes::size)
                .sum();
        String places = IntStream.range(0, received)
                .mapToObj(place -> "#messages[" + place + "]")
                .collect(Collectors.joining(", "));
        onlyIf(() -> client.updateItem(update -> update.tableName(table)
                .key(key(connection))
                .updateExpression("SET #before = :after, #bytes = #bytes - :freed, #seenAt = :now REMOVE " + places)
                .conditionExpression("#before = :before")
                .expressionAttributeNames(names("before", "bytes", "seenAt", "messages"))
                .expressionAttributeValues(Map.of(
                        ":before", n(all.before()),
                        ":after", n(all.before() + received),
                        ":freed", n(freed),
                        ":now", n(expiry.now())))));
    }

    private void note(String connection) {
        onlyIf(() -> client.updateItem(update -> update.tableName(table)
                .key(key(connection))
                .updateExpression("SET #seenAt = :now")
                .conditionExpression("attribute_exists(#seenAt)")
                .expressionAttributeNames(names("seenAt"))
                .expressionAttributeValues(Map.of(":now", n(expiry.now())))));
    }

    /** {@inheritDoc} One call: 1 WRU per KB of what waits. */
    @Override
    public void close(String connection) {
        onlyIf(() -> client.updateItem(update -> update.tableName(table)
                .key(key(connection))
                .updateExpression("SET #closed = :yes")
                .conditionExpression("attribute_exists(#bytes)")
                .expressionAttributeNames(names("closed", "bytes"))
                .expressionAttributeValues(Map.of(":yes", bool(true)))));
    }

    /** {@inheritDoc} One call: 1 WRU per KB of what waits. */
    @Override
    public void remove(String connection) {
        client.deleteItem(delete -> delete.tableName(table).key(key(connection)));
    }

    private static int size(String message) {
        return Framing.utf8Length(message) + OVERHEAD;
    }

    private static void onlyIf(Runnable write) {
        try {
            write.run();
        } catch (ConditionalCheckFailedException ignored) {
            // Somebody else was faster, and it is as it should be.
        }
    }

    private static Map<String, AttributeValue> key(String connection) {
        return Map.of("connectionId", s(connection));
    }
}
