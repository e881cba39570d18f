package io.carillon.dynamodb;

import static io.carillon.dynamodb.Items.bool;
import static io.carillon.dynamodb.Items.flag;
import static io.carillon.dynamodb.Items.n;
import static io.carillon.dynamodb.Items.number;
import static io.carillon.dynamodb.Items.s;
import static io.carillon.dynamodb.Items.text;

import io.carillon.connection.Connection;
import io.carillon.connection.Connections;
import io.carillon.connection.Entry;
import io.carillon.connection.TokenStamp;
import io.carillon.events.RawJson;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Maps a connection to its row. Zero values are left out, so that a row is as small as what it says. */
final class ConnectionItem {

    /**
     * How long a row may outlive the opening of its connection: API Gateway's two hours, and one more in which the
     * heartbeat finds the dead and has them leave their channels. Rows deleted by TTL leave without a word.
     */
    static final Duration LIFETIME = Duration.ofHours(3);

    /** Stands for "never" in {@code nextExpiry}, which is an index key and so cannot be left out. */
    static final long NEVER = 99_999_999_999L;

    static final String TOKEN_ID = "tokenId";
    static final String ISSUED_AT = "issuedAt";

    private ConnectionItem() {}

    static Map<String, AttributeValue> of(Connection connection) {
        Map<String, AttributeValue> item = new HashMap<>();
        item.put("connectionId", s(connection.id()));
        item.put("slot", n(slot(connection.id())));
        item.put("established", bool(connection.established()));
        item.put("connectedAt", n(connection.connectedAt()));
        item.put("nextExpiry", n(nextExpiry(connection.nextExpiry())));
        item.put(Tables.TTL, n(connection.connectedAt() / 1000 + LIFETIME.toSeconds()));
        put(item, "client", connection.client());
        put(item, "user", connection.user());
        put(item, "info", connection.info().text());
        put(item, "meta", connection.meta().text());
        put(item, "session", connection.session());
        if (connection.expireAt() > 0) {
            item.put("expireAt", n(connection.expireAt()));
        }
        if (connection.settleBy() > 0) {
            item.put("settleBy", n(connection.settleBy()));
        }
        put(item, TOKEN_ID, connection.token().id());
        if (connection.token().issuedAt() > 0) {
            item.put(ISSUED_AT, n(connection.token().issuedAt()));
        }
        Map<String, AttributeValue> subscriptions = new HashMap<>();
        connection.subscriptions().forEach((channel, entry) -> subscriptions.put(channel, entry(entry)));
        item.put("subscriptions", AttributeValue.fromM(subscriptions));
        return item;
    }

    static Connection from(Map<String, AttributeValue> item) {
        long nextExpiry = number(item, "nextExpiry");
        Map<String, Entry> subscriptions = new HashMap<>();
        item.get("subscriptions").m().forEach((channel, value) -> subscriptions.put(channel, entry(value.m())));
        return new Connection(
                text(item, "connectionId"),
                flag(item, "established"),
                text(item, "client"),
                text(item, "user"),
                RawJson.of(text(item, "info")),
                RawJson.of(text(item, "meta")),
                text(item, "session"),
                number(item, "connectedAt"),
                number(item, "expireAt"),
                nextExpiry == NEVER ? 0 : nextExpiry,
                number(item, "settleBy"),
                Map.copyOf(subscriptions),
                new TokenStamp(text(item, TOKEN_ID), number(item, ISSUED_AT)));
    }

    /** Whether an item of the table is a connection; revocations are there too. */
    static boolean isOne(Map<String, AttributeValue> item) {
        return item.containsKey("subscriptions");
    }

    static AttributeValue entry(Entry entry) {
        Map<String, AttributeValue> attributes = new HashMap<>(entryAttributes(entry));
        if (entry.hasInfo()) {
            attributes.put("i", bool(true));
        }
        return AttributeValue.fromM(attributes);
    }

    /** What tells an entry from another. Short names, because a row repeats them for every channel. */
    static Map<String, AttributeValue> entryAttributes(Entry entry) {
        return Map.of(
                "r", n(entry.revision()),
                "c", n(entry.command()),
                "k", n(entry.shard()),
                "s", s(entry.state().name()),
                "v", s(entry.source().name()),
                "e", n(entry.expireAt()));
    }

    static Entry entry(Map<String, AttributeValue> entry) {
        return new Entry(
                number(entry, "r"),
                number(entry, "c"),
                Math.toIntExact(number(entry, "k")),
                Entry.State.valueOf(text(entry, "s")),
                Entry.Source.valueOf(text(entry, "v")),
                flag(entry, "i"),
                number(entry, "e"));
    }

    static long nextExpiry(long seconds) {
        return seconds == 0 ? NEVER : seconds;
    }

    /** The same in every process: the hash of a string is specified by the language. */
    static int slot(String connectionId) {
        return Math.floorMod(connectionId.hashCode(), Connections.SLOTS);
    }

    private static void put(Map<String, AttributeValue> item, String name, String value) {
        if (!value.isEmpty()) {
            item.put(name, s(value));
        }
    }
}
