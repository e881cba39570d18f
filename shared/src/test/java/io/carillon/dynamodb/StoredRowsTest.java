package io.carillon.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.channel.LogRecord;
import io.carillon.connection.Connection;
import io.carillon.connection.Entry;
import io.carillon.connection.Standing;
import io.carillon.connection.TokenStamp;
import io.carillon.delivery.ShardState;
import io.carillon.delivery.Subscriber;
import io.carillon.events.ClientInfo;
import io.carillon.events.Json;
import io.carillon.events.Position;
import io.carillon.events.Publication;
import io.carillon.events.RawJson;
import io.carillon.events.SubscribeOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What each version stored, this one reads: {@code src/test/resources/stored} holds rows of every table as each version
 * wrote them. A version that writes rows in another way adds a file ({@code -Dcarillon.rows=NAME} writes it), and leaves
 * those before it, down to the one from which an upgrade is to be possible.
 */
class StoredRowsTest {

    private static final Path FOLDER = Path.of("src", "test", "resources", "stored");

    /** The last one has what this version writes. */
    private static final String CURRENT = "1";

    /** Far away: DynamoDB Local deletes by the real time what has expired. */
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2100-01-01T00:00:00Z"));

    private static final Duration LONG = Duration.ofDays(30);
    private static final Entry ENTRY =
            new Entry(12, 3, 0, Entry.State.ACTIVE, Entry.Source.SERVER, true, 4_102_448_400L);
    private static final ClientInfo INFO =
            new ClientInfo("alice", "client-1", RawJson.of("{\"name\":\"Alice\"}"), RawJson.NONE);
    private static final Publication FIRST =
            new Publication(1, RawJson.of("{\"n\": 1.0}"), INFO, Map.of("tag", "a"), 4_102_444_800_000L);
    private static final Publication SECOND =
            new Publication(2, RawJson.of("\"text\""), ClientInfo.NONE, Map.of(), 4_102_444_800_001L);
    private static final Connection CONNECTION = new Connection(
            "abc=",
            true,
            "client-1",
            "alice",
            RawJson.of("{\"name\":\"Alice\"}"),
            RawJson.of("{\"m\":1}"),
            "session-1",
            4_102_444_800_000L,
            4_102_448_400L,
            4_102_448_400L,
            4_102_444_860L,
            Map.of("news", ENTRY),
            new TokenStamp("token-1", 4_102_444_800L));

    static Stream<String> versions() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString().replace(".json", "")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("versions")
    void shouldReadWhatThatVersionStored(String version) throws IOException {
        // Given
        Stores stores = new Stores("Read" + version);
        stores.rows.load(read(version));

        // Then
        assertThat(stores.connections.find("abc=")).contains(CONNECTION);
        assertThat(stores.connections.ofUser("alice")).containsExactly(CONNECTION);
        assertThat(stores.connections.find("new=")).contains(Connection.opened("new=", 4_102_444_800_000L));
        String epoch = stores.log.state("news").epoch();
        assertThat(stores.log.state("news").offset()).isEqualTo(3);
        assertThat(stores.log.state("news").shards()).isEqualTo(1);
        assertThat(stores.log.read("news", epoch, 1, 3))
                .containsExactly(new LogRecord.Entry(FIRST), new LogRecord.Entry(SECOND), new LogRecord.Tombstone(3));
        assertThat(stores.log.earlier("news", "once")).contains(new Position(2, epoch));
        assertThat(stores.shards.load("news", 0)).isEqualTo(new ShardState(new Position(2, "epoch"), 1, true, 1));
        assertThat(stores.subscribers.in("news", 0)).containsExactly(subscriber());
        assertThat(stores.standing("mallory", TokenStamp.NONE)).isEqualTo(Standing.BLOCKED);
        assertThat(stores.standing("bob", new TokenStamp("stolen", 4_102_444_800L)))
                .isEqualTo(Standing.REVOKED);
        assertThat(stores.standing("carol", new TokenStamp("old", 4_102_444_000L)))
                .isEqualTo(Standing.REVOKED);
        assertThat(stores.standing("carol", new TokenStamp("new", 4_102_444_800L)))
                .isEqualTo(Standing.GOOD);
    }

    @Test
    void shouldWriteRowsAsTheNewestFileHasThem() throws IOException {
        // Given
        Stores stores = new Stores("Write");

        // When
        stores.write();
        JsonNode written = stores.rows.dump();

        // Then
        String name = System.getProperty("carillon.rows", "");
        if (!name.isEmpty()) {
            Files.createDirectories(FOLDER);
            Files.writeString(
                    FOLDER.resolve(name + ".json"),
                    Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(written) + "\n");
        }
        assertThat(shape(written))
                .as("the attributes of the rows; if other ones are meant, see the comment of this class")
                .isEqualTo(shape(read(CURRENT)));
    }

    private static JsonNode read(String version) throws IOException {
        return Json.mapper().readTree(Files.readString(FOLDER.resolve(version + ".json")));
    }

    /** Lists the attributes that rows have, with their types: the values hold random names. */
    private static TreeSet<String> shape(JsonNode tables) {
        TreeSet<String> shape = new TreeSet<>();
        tables.properties().forEach(table -> table.getValue().forEach(row -> collect(table.getKey(), row, shape)));
        return shape;
    }

    private static void collect(String at, JsonNode row, TreeSet<String> shape) {
        row.properties()
                .forEach(attribute -> attribute.getValue().properties().forEach(typed -> {
                    String path = at + "." + attribute.getKey();
                    shape.add(path + " " + typed.getKey());
                    if (typed.getKey().equals("M")) {
                        collect(path, typed.getValue(), shape);
                    }
                }));
    }

    private static Subscriber subscriber() {
        return new Subscriber(
                "abc=", 12, INFO, SubscribeOptions.NONE, new Position(2, "epoch"), false, true, 4_102_448_400L);
    }

    /** The adapters on tables of their own. */
    private static final class Stores {

        private final DynamoDbConnections connections;
        private final DynamoDbChannelLog log;
        private final DynamoDbShards shards;
        private final DynamoDbSubscribers subscribers;
        private final DynamoDbQuota quota;
        private final StoredRows rows;

        Stores(String prefix) {
            TableNames names = TableNames.withPrefix("StoredRowsTest-" + prefix + "-");
            Tables.create(LocalDynamoDb.client(), names);
            connections = new DynamoDbConnections(LocalDynamoDb.client(), names, CLOCK);
            log = new DynamoDbChannelLog(LocalDynamoDb.client(), names, CLOCK);
            shards = new DynamoDbShards(LocalDynamoDb.client(), names, CLOCK);
            subscribers = new DynamoDbSubscribers(LocalDynamoDb.client(), names, CLOCK);
            quota = new DynamoDbQuota(LocalDynamoDb.client(), names, 100, CLOCK);
            rows = new StoredRows(LocalDynamoDb.client(), names);
        }

        Standing standing(String user, TokenStamp token) {
            return connections.revocations().of(user, token);
        }

        void write() {
            connections.open(Connection.opened("new=", 4_102_444_800_000L));
            connections.open(Connection.opened("abc=", 4_102_444_800_000L));
            assertThat(connections.establish(CONNECTION)).isTrue();
            log.openShard("news", 0, LONG);
            log.reserve("news", LONG);
            log.reserve("news", LONG);
            String epoch = log.reserve("news", LONG).epoch();
            log.put("news", epoch, FIRST, LONG);
            log.putOnce("news", epoch, SECOND, LONG, "once");
            log.tombstone("news", epoch, 3);
            shards.save("news", 0, new ShardState(new Position(2, "epoch"), 1, true, 1));
            subscribers.put("news", 0, subscriber());
            quota.lease(10);
            connections.revocations().block("mallory", 0);
            connections.revocations().revoke("stolen", 4_102_531_200L);
            connections.revocations().invalidate("carol", 4_102_444_500L, 4_102_531_200L);
        }
    }
}
