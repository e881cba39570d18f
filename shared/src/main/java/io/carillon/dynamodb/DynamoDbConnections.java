package io.carillon.dynamodb;

import static io.carillon.dynamodb.Items.bool;
import static io.carillon.dynamodb.Items.n;
import static io.carillon.dynamodb.Items.names;
import static io.carillon.dynamodb.Items.number;
import static io.carillon.dynamodb.Items.s;
import static io.carillon.dynamodb.Items.text;

import io.carillon.connection.Connection;
import io.carillon.connection.Connections;
import io.carillon.connection.Entry;
import io.carillon.connection.EntryLimit;
import io.carillon.connection.Revocations;
import io.carillon.connection.TokenStamp;
import io.carillon.events.RawJson;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * Keeps connections in the table {@code connections}, with the indexes {@code user} and {@code heartbeat}. A row of an
 * anonymous user is not in the index {@code user}, whose key must not be empty.
 *
 * <p>The SDK repeats a call whose answer got lost. So that a conditional write does not lose against its own first
 * attempt, each carries a random mark, by which it knows its own work.
 *
 * <p>Safe for use by several threads and processes.
 */
public final class DynamoDbConnections implements Connections {

    static final String MARK = "mark";

    private static final String SEEN = "seen";
    private static final String SEEN_AT = "seenAt";
    private static final Duration NOTED = Duration.ofDays(1);

    private final DynamoDbClient client;
    private final String table;
    private final Expiry expiry;
    private final InstantSource clock;
    private final BatchReader rows;
    private final Revocations revocations;

    public DynamoDbConnections(DynamoDbClient client, TableNames names, InstantSource clock) {
        this.client = client;
        this.table = names.connections();
        this.expiry = new Expiry(clock);
        this.clock = clock;
        this.rows = new BatchReader(client, table, "connectionId");
        this.revocations = new DynamoDbRevocations(client, table, rows, expiry);
    }

    /** {@inheritDoc} One call: 1 WRU for the row and 1 for the index {@code heartbeat}. */
    @Override
    public void open(Connection connection) {
        client.putItem(put -> put.tableName(table).item(ConnectionItem.of(connection)));
    }

    /** {@inheritDoc} One call: 1 RRU per 4 KB of the row. */
    @Override
    public Optional<Connection> find(String id) {
        return Optional.of(
                        client.getItem(get -> get.tableName(table).key(key(id)).consistentRead(true))
                                .item())
                .filter(item -> !item.isEmpty() && !expiry.isPast(item))
                .map(ConnectionItem::from);
    }

    /** {@inheritDoc} One call for each 100: 1 RRU per 4 KB of each row. */
    @Override
    public Map<String, Connection> findAll(Collection<String> ids) {
        return rows.read(List.copyOf(new LinkedHashSet<>(ids))).stream()
                .filter(item -> !expiry.isPast(item))
                .map(ConnectionItem::from)
                .collect(Collectors.toMap(Connection::id, Function.identity()));
    }

    /**
     * {@inheritDoc} One call: 1 WRU per KB of the row, 1 for the index {@code user} unless anonymous, 2 for {@code heartbeat},
     * whose key holds the next expiry and so changes.
     */
    @Override
    public boolean establish(Connection connection) {
        String mark = ShortId.next();
        Map<String, AttributeValue> item = ConnectionItem.of(connection);
        item.put(MARK, s(mark));
        try {
            client.putItem(put -> put.tableName(table)
                    .item(item)
                    .conditionExpression("#established = :no AND #ttl > :now")
                    .expressionAttributeNames(names("established", Tables.TTL))
                    .expressionAttributeValues(Map.of(":no", bool(false), ":now", n(expiry.now())))
                    .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD));
            return true;
        } catch (ConditionalCheckFailedException e) {
            return text(e.item(), MARK).equals(mark);
        }
    }

    /** {@inheritDoc} One call, or two if the next expiry has changed: 1 WRU per KB of the row and 2 for {@code heartbeat}. */
    @Override
    public Optional<Connection> settle(String id, long before, long later) {
        Optional<Connection> settled = settle(
                id,
                "SET #nextExpiry = :later REMOVE #settleBy",
                "#nextExpiry = :before",
                names("nextExpiry", "settleBy"),
                Map.of(
                        ":before", n(ConnectionItem.nextExpiry(before)),
                        ":later", n(ConnectionItem.nextExpiry(later))));
        return settled.isPresent()
                ? settled
                : settle(
                        id,
                        "REMOVE #settleBy",
                        "#ttl > :now",
                        names("settleBy", Tables.TTL),
                        Map.of(":now", n(expiry.now())));
    }

    private Optional<Connection> settle(
            String id, String change, String condition, Map<String, String> names, Map<String, AttributeValue> values) {
        try {
            return Optional.of(ConnectionItem.from(client.updateItem(update -> update.tableName(table)
                            .key(key(id))
                            .updateExpression(change)
                            .conditionExpression(condition)
                            .expressionAttributeNames(names)
                            .expressionAttributeValues(values)
                            .returnValues(ReturnValue.ALL_NEW))
                    .attributes()));
        } catch (ConditionalCheckFailedException ignored) {
            return Optional.empty();
        }
    }

    /** {@inheritDoc} One call: 1 WRU per KB of the row. */
    @Override
    public boolean refresh(String id, long expireAt, Optional<RawJson> info, Optional<TokenStamp> token) {
        Map<String, AttributeValue> changes = new HashMap<>(Map.of("expireAt", n(expireAt)));
        info.ifPresent(json -> changes.put("info", s(json.text())));
        token.ifPresent(stamp -> {
            changes.put(ConnectionItem.TOKEN_ID, s(stamp.id()));
            changes.put(ConnectionItem.ISSUED_AT, n(stamp.issuedAt()));
        });
        Map<String, String> names = new HashMap<>(names(Tables.TTL));
        Map<String, AttributeValue> values = new HashMap<>(Map.of(":now", n(expiry.now())));
        List<String> sets = new ArrayList<>();
        changes.forEach((name, value) -> {
            names.put("#" + name, name);
            values.put(":" + name, value);
            sets.add("#" + name + " = :" + name);
        });
        try {
            client.updateItem(update -> update.tableName(table)
                    .key(key(id))
                    .updateExpression("SET " + String.join(", ", sets))
                    .conditionExpression("#ttl > :now")
                    .expressionAttributeNames(names)
                    .expressionAttributeValues(values));
            return true;
        } catch (ConditionalCheckFailedException ignored) {
            return false;
        }
    }

    /**
     * {@inheritDoc} Forgets only entries that are {@link Entry.State#LEFT}; if another one is named, nothing is changed
     * by the first call. One call for about a hundred entries that are new, or twenty that replace others: 1 WRU per KB
     * of the row (about 10 channels). Entries that are spared leave room for fewer.
     */
    @Override
    public Set<String> swapAll(String id, List<Change> changes, Set<String> forget, EntryLimit limit) {
        Set<String> swapped = new HashSet<>();
        EntryLimit left = limit;
        EntrySwap call = new EntrySwap(ShortId.next(), expiry.now(), left);
        call.forget(forget, changes.stream().map(Change::channel).collect(Collectors.toSet()));
        for (Change change : changes) {
            if (!call.hasRoomFor(change)) {
                Set<String> done = swap(id, call);
                left = done.isEmpty() ? left : left.without(call.forgotten());
                swapped.addAll(done);
                call = new EntrySwap(ShortId.next(), expiry.now(), left);
            }
            call.add(change);
        }
        swapped.addAll(swap(id, call));
        return swapped;
    }

    private Set<String> swap(String id, EntrySwap call) {
        try {
            client.updateItem(call.request()
                    .tableName(table)
                    .key(key(id))
                    .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)
                    .build());
            return call.channels();
        } catch (ConditionalCheckFailedException e) {
            return call.hasWritten(e.item()) ? call.channels() : Set.of();
        }
    }

    /** {@inheritDoc} One call: 1 WRU per KB of the row, and 2 for {@code heartbeat} if the next expiry changes. */
    @Override
    public void expireBy(String id, long moment) {
        setNextExpiry(id, "#nextExpiry > :next", Map.of(":next", n(moment)));
    }

    /** {@inheritDoc} One call: 1 WRU per KB of the row and 2 for {@code heartbeat}. */
    @Override
    public void postpone(String id, long before, long later) {
        setNextExpiry(
                id,
                "#nextExpiry = :before",
                Map.of(":before", n(ConnectionItem.nextExpiry(before)), ":next", n(later)));
    }

    private void setNextExpiry(String id, String condition, Map<String, AttributeValue> values) {
        try {
            client.updateItem(update -> update.tableName(table)
                    .key(key(id))
                    .updateExpression("SET #nextExpiry = :next")
                    .conditionExpression(condition)
                    .expressionAttributeNames(names("nextExpiry"))
                    .expressionAttributeValues(values));
        } catch (ConditionalCheckFailedException ignored) {
            // Gone, or already as it should be.
        }
    }

    /** {@inheritDoc} An expired row is given too. One call: 1 WRU per KB of the row and 1 for each index. */
    @Override
    public Optional<Connection> close(String id) {
        try {
            // DynamoDB Local gives the old row to several callers at once unless there is a condition.
            return Optional.of(ConnectionItem.from(client.deleteItem(delete -> delete.tableName(table)
                            .key(key(id))
                            .conditionExpression("attribute_exists(#connectionId)")
                            .expressionAttributeNames(names("connectionId"))
                            .returnValues(ReturnValue.ALL_OLD))
                    .attributes()));
        } catch (ConditionalCheckFailedException ignored) {
            return Optional.empty();
        }
    }

    /** {@inheritDoc} One call to the index (0.5 RRU per 50 connections or so) and one for each 100 rows found. */
    @Override
    public List<Connection> ofUser(String user) {
        if (user.isEmpty()) {
            return List.of();
        }
        List<String> ids = client
                .queryPaginator(QueryRequest.builder()
                        .tableName(table)
                        .indexName(Tables.USER_INDEX)
                        .keyConditionExpression("#user = :user")
                        .expressionAttributeNames(names("user"))
                        .expressionAttributeValues(Map.of(":user", s(user)))
                        .build())
                .items()
                .stream()
                .map(item -> text(item, "connectionId"))
                .toList();
        return rows.read(ids).stream()
                .filter(item -> !expiry.isPast(item))
                .map(ConnectionItem::from)
                .filter(connection ->
                        connection.established() && connection.user().equals(user))
                .toList();
    }

    /** {@inheritDoc} One call per page of 1 MB, which is some 10,000 ids and costs 128 RRU. */
    @Override
    public void inSlot(int slot, Consumer<List<String>> page) {
        heartbeat("#slot = :slot", names("slot"), Map.of(":slot", n(slot)), page);
    }

    /** {@inheritDoc} One call per slot, each 0.5 RRU when it finds little. */
    @Override
    public void expiring(long before, Consumer<List<String>> page) {
        for (int slot = 0; slot < SLOTS; slot++) {
            heartbeat(
                    "#slot = :slot AND #nextExpiry < :before",
                    names("slot", "nextExpiry"),
                    Map.of(":slot", n(slot), ":before", n(before)),
                    page);
        }
    }

    /** {@inheritDoc} Scans the table: one call and up to 256 RRU per MB. */
    @Override
    public void all(Consumer<Connection> visitor) {
        client.scanPaginator(scan -> scan.tableName(table).consistentRead(true)).items().stream()
                .filter(item -> ConnectionItem.isOne(item) && !expiry.isPast(item))
                .map(ConnectionItem::from)
                .forEach(visitor);
    }

    /** {@inheritDoc} One call: 1 WRU. */
    @Override
    public void noteConnected(String user) {
        Map<String, AttributeValue> item = new HashMap<>(key(Keys.besideConnections(SEEN, user)));
        item.put(SEEN_AT, n(clock.millis()));
        item.put(Tables.TTL, n(expiry.after(NOTED)));
        client.putItem(put -> put.tableName(table).item(item));
    }

    /** {@inheritDoc} One call: 1 RRU. */
    @Override
    public long lastConnected(String user) {
        return rows.read(List.of(Keys.besideConnections(SEEN, user))).stream()
                .filter(item -> !expiry.isPast(item))
                .mapToLong(item -> number(item, SEEN_AT))
                .max()
                .orElse(0);
    }

    @Override
    public Revocations revocations() {
        return revocations;
    }

    private void heartbeat(
            String condition,
            Map<String, String> names,
            Map<String, AttributeValue> values,
            Consumer<List<String>> page) {
        client
                .queryPaginator(QueryRequest.builder()
                        .tableName(table)
                        .indexName(Tables.HEARTBEAT_INDEX)
                        .keyConditionExpression(condition)
                        .expressionAttributeNames(names)
                        .expressionAttributeValues(values)
                        .build())
                .stream()
                .map(response -> response.items().stream()
                        .map(item -> text(item, "connectionId"))
                        .toList())
                .filter(ids -> !ids.isEmpty())
                .forEach(page);
    }

    private static Map<String, AttributeValue> key(String id) {
        return Map.of("connectionId", s(id));
    }
}
