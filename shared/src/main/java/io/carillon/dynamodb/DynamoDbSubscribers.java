package io.carillon.dynamodb;

import static io.carillon.dynamodb.Items.bool;
import static io.carillon.dynamodb.Items.flag;
import static io.carillon.dynamodb.Items.n;
import static io.carillon.dynamodb.Items.names;
import static io.carillon.dynamodb.Items.number;
import static io.carillon.dynamodb.Items.s;
import static io.carillon.dynamodb.Items.text;

import io.carillon.delivery.Subscriber;
import io.carillon.delivery.Subscribers;
import io.carillon.events.ClientInfo;
import io.carillon.events.Json;
import io.carillon.events.Position;
import io.carillon.events.SubscribeOptions;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * Keeps subscribers in the table {@code subscriptions}, those of one shard together.
 *
 * <p>Safe for use by several threads and processes.
 */
public final class DynamoDbSubscribers implements Subscribers {

    private final DynamoDbClient client;
    private final String table;
    private final Expiry expiry;

    public DynamoDbSubscribers(DynamoDbClient client, TableNames names, InstantSource clock) {
        this.client = client;
        this.table = names.subscriptions();
        this.expiry = new Expiry(clock);
    }

    /** {@inheritDoc} One call per MB of rows: 1 RRU per 4 KB, which is some 15 subscribers. */
    @Override
    public List<Subscriber> in(String channel, int shard) {
        return valid(client.queryPaginator(query(channel, shard).build()).items().stream());
    }

    /** {@inheritDoc} One call: 1 RRU per 4 KB of at most {@code most} + 1 rows. */
    @Override
    public Optional<List<Subscriber>> few(String channel, int shard, int most) {
        QueryResponse page = client.query(query(channel, shard).limit(most + 1).build());
        return page.hasLastEvaluatedKey() && !page.lastEvaluatedKey().isEmpty()
                        || page.items().size() > most
                ? Optional.empty()
                : Optional.of(valid(page.items().stream()));
    }

    /** {@inheritDoc} One call: 1 RRU unless the info is large. */
    @Override
    public Optional<Subscriber> find(String channel, int shard, String connection) {
        Map<String, AttributeValue> item = client.getItem(get -> get.tableName(table)
                        .key(key(channel, shard, connection))
                        .consistentRead(true))
                .item();
        return valid(Stream.of(item).filter(found -> !found.isEmpty())).stream().findFirst();
    }

    private QueryRequest.Builder query(String channel, int shard) {
        return QueryRequest.builder()
                .tableName(table)
                .consistentRead(true)
                .keyConditionExpression("#shard = :shard")
                .expressionAttributeNames(names("shard"))
                .expressionAttributeValues(Map.of(":shard", s(Keys.subscribers(channel, shard))));
    }

    private List<Subscriber> valid(Stream<Map<String, AttributeValue>> items) {
        return items.filter(item -> !expiry.isPast(item))
                .map(DynamoDbSubscribers::from)
                .toList();
    }

    /** {@inheritDoc} One call: 1 WRU unless the info is large. */
    @Override
    public void put(String channel, int shard, Subscriber subscriber) {
        Map<String, AttributeValue> item = new HashMap<>(key(channel, shard, subscriber.connection()));
        item.put("revision", n(subscriber.revision()));
        item.put("info", s(Json.write(subscriber.info())));
        item.put("options", s(Json.write(subscriber.options())));
        item.put("epoch", s(subscriber.since().epoch()));
        item.put("offset", n(subscriber.since().offset()));
        if (subscriber.away()) {
            item.put("away", bool(true));
        }
        if (subscriber.arriving()) {
            item.put("arriving", bool(true));
        }
        if (subscriber.expireAt() > 0) {
            item.put(Tables.TTL, n(subscriber.expireAt()));
        }
        client.putItem(put -> put.tableName(table).item(item));
    }

    /** {@inheritDoc} One call: 1 WRU. */
    @Override
    public void remove(String channel, int shard, String connection) {
        client.deleteItem(delete -> delete.tableName(table).key(key(channel, shard, connection)));
    }

    private static Map<String, AttributeValue> key(String channel, int shard, String connection) {
        return Map.of("shard", s(Keys.subscribers(channel, shard)), "connectionId", s(connection));
    }

    private static Subscriber from(Map<String, AttributeValue> item) {
        return new Subscriber(
                text(item, "connectionId"),
                number(item, "revision"),
                Json.read(text(item, "info"), ClientInfo.class),
                Json.read(text(item, "options"), SubscribeOptions.class),
                new Position(number(item, "offset"), text(item, "epoch")),
                flag(item, "away"),
                flag(item, "arriving"),
                number(item, Tables.TTL));
    }
}
