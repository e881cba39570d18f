package io.carillon.dynamodb;

import static io.carillon.dynamodb.Items.n;
import static io.carillon.dynamodb.Items.names;
import static io.carillon.dynamodb.Items.number;
import static io.carillon.dynamodb.Items.s;
import static io.carillon.dynamodb.Items.text;

import io.carillon.connection.Connection;
import io.carillon.connection.Revocations;
import io.carillon.connection.Standing;
import io.carillon.connection.TokenStamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * Keeps revocations as items of the table {@code connections}, so that one {@code BatchGetItem} reads a connection's row
 * and what stands against it. They have none of the attributes that the table's indexes are made of, and so are in none.
 */
final class DynamoDbRevocations implements Revocations {

    private static final String BLOCKED = "blocked";
    private static final String REVOKED = "revoked";
    private static final String INVALIDATED = "invalidated";
    private static final String ISSUED_BEFORE = "issuedBefore";
    private static final String KEY = "connectionId";

    /** The index {@code user} follows the table within a second nearly always; a connect command is a few calls. */
    private static final Duration LAG = Duration.ofMillis(1_500);

    private final DynamoDbClient client;
    private final String table;
    private final BatchReader rows;
    private final Expiry expiry;

    DynamoDbRevocations(DynamoDbClient client, String table, BatchReader rows, Expiry expiry) {
        this.client = client;
        this.table = table;
        this.rows = rows;
        this.expiry = expiry;
    }

    /** {@inheritDoc} One call: 1 WRU. */
    @Override
    public void block(String user, long expireAt) {
        put(item(Keys.besideConnections(BLOCKED, user), expireAt));
    }

    /** {@inheritDoc} One call: 1 WRU. */
    @Override
    public void unblock(String user) {
        client.deleteItem(delete -> delete.tableName(table).key(Map.of(KEY, s(Keys.besideConnections(BLOCKED, user)))));
    }

    /** {@inheritDoc} One call: 1 WRU. */
    @Override
    public void revoke(String tokenId, long expireAt) {
        put(item(Keys.besideConnections(REVOKED, tokenId), expireAt));
    }

    /** {@inheritDoc} One call: 1 WRU. */
    @Override
    public void invalidate(String user, long issuedBefore, long expireAt) {
        Map<String, AttributeValue> item = item(Keys.besideConnections(INVALIDATED, user), expireAt);
        item.put(ISSUED_BEFORE, n(issuedBefore));
        try {
            client.putItem(put -> put.tableName(table)
                    .item(item)
                    .conditionExpression(
                            "attribute_not_exists(#issuedBefore) OR #issuedBefore <= :before OR #ttl <= :now")
                    .expressionAttributeNames(names(ISSUED_BEFORE, Tables.TTL))
                    .expressionAttributeValues(Map.of(":before", n(issuedBefore), ":now", n(expiry.now()))));
        } catch (ConditionalCheckFailedException ignored) {
            // More is revoked already.
        }
    }

    /** {@inheritDoc} One call for up to three items that hardly ever exist: 1 RRU each. */
    @Override
    public Standing of(String user, TokenStamp token) {
        List<String> keys = keys(user, token);
        return keys.isEmpty() ? Standing.GOOD : standing(read(keys), user, token);
    }

    /** {@inheritDoc} One call: 1 RRU per 4 KB of the row, and 1 for each of up to three items that hardly ever exist. */
    @Override
    public Arrival arrive(String connection, String user, TokenStamp token) {
        List<String> keys = keys(user, token);
        keys.add(connection);
        Map<String, Map<String, AttributeValue>> found = read(keys);
        Optional<Connection> row = Optional.ofNullable(found.get(connection)).map(ConnectionItem::from);
        return new Arrival(row, standing(found, user, token));
    }

    @Override
    public Duration lag() {
        return LAG;
    }

    private static List<String> keys(String user, TokenStamp token) {
        List<String> keys = new ArrayList<>();
        if (!user.isEmpty()) {
            keys.add(Keys.besideConnections(BLOCKED, user));
            keys.add(Keys.besideConnections(INVALIDATED, user));
        }
        if (!token.id().isEmpty()) {
            keys.add(Keys.besideConnections(REVOKED, token.id()));
        }
        return keys;
    }

    private Map<String, Map<String, AttributeValue>> read(List<String> keys) {
        return rows.read(keys).stream()
                .filter(item -> !expiry.isPast(item))
                .collect(Collectors.toMap(item -> text(item, KEY), Function.identity()));
    }

    private static Standing standing(Map<String, Map<String, AttributeValue>> found, String user, TokenStamp token) {
        if (found.containsKey(Keys.besideConnections(BLOCKED, user))) {
            return Standing.BLOCKED;
        }
        Map<String, AttributeValue> invalidated = found.get(Keys.besideConnections(INVALIDATED, user));
        boolean isOld = invalidated != null && token.issuedAt() < number(invalidated, ISSUED_BEFORE);
        return isOld || found.containsKey(Keys.besideConnections(REVOKED, token.id()))
                ? Standing.REVOKED
                : Standing.GOOD;
    }

    private static Map<String, AttributeValue> item(String key, long expireAt) {
        Map<String, AttributeValue> item = new HashMap<>(Map.of(KEY, s(key)));
        if (expireAt > 0) {
            item.put(Tables.TTL, n(expireAt));
        }
        return item;
    }

    private void put(Map<String, AttributeValue> item) {
        client.putItem(put -> put.tableName(table).item(item));
    }
}
