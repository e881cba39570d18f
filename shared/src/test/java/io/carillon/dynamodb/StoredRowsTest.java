package io.carillon.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.channel.LogRecord;
import io.carillon.connection.Connection;
import io.carillon.connection.Standing;
import io.carillon.connection.TokenStamp;
import io.carillon.delivery.ShardState;
import io.carillon.events.Json;
import io.carillon.events.Position;
import io.carillon.push.Provider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

    /** Whose rows there are, in their order: the last one has what this version writes. */
    private static final List<String> VERSIONS = List.of("1", "2");

    /** The one before this, which runs beside it while a deployment goes on, and after a rollback. */
    private static final String PREVIOUS = VERSIONS.get(VERSIONS.size() - 2);

    static Stream<String> versions() {
        return VERSIONS.stream();
    }

    /** Version 1 knew no revocations, and kept neither long-poll connections nor devices. */
    static Stream<String> versionsFromTwo() {
        return VERSIONS.subList(1, VERSIONS.size()).stream();
    }

    @ParameterizedTest
    @MethodSource("versions")
    void shouldReadWhatThatVersionStored(String version) throws IOException {
        // Given
        StoredExamples stores = new StoredExamples("Read" + version);
        stores.rows.load(read(version));

        // Then
        assertThat(stores.connections.find("abc=")).contains(StoredExamples.CONNECTION);
        assertThat(stores.connections.ofUser("alice")).containsExactly(StoredExamples.CONNECTION);
        assertThat(stores.connections.find("new=")).contains(Connection.opened("new=", 4_102_444_800_000L));
        String epoch = stores.log.state("news").epoch();
        assertThat(stores.log.state("news").offset()).isEqualTo(3);
        assertThat(stores.log.state("news").shards()).isEqualTo(1);
        assertThat(stores.log.read("news", epoch, 1, 3))
                .containsExactly(
                        new LogRecord.Entry(StoredExamples.FIRST),
                        new LogRecord.Entry(StoredExamples.SECOND),
                        new LogRecord.Tombstone(3));
        assertThat(stores.log.earlier("news", "once")).contains(new Position(2, epoch));
        assertThat(stores.shards.load("news", 0)).isEqualTo(new ShardState(new Position(2, "epoch"), 1, true, 1));
        assertThat(stores.subscribers.in("news", 0)).containsExactly(StoredExamples.SUBSCRIBER);
    }

    @ParameterizedTest
    @MethodSource("versionsFromTwo")
    void shouldReadTheRevocationsThatThatVersionStored(String version) throws IOException {
        // Given
        StoredExamples stores = new StoredExamples("Revoked" + version);
        stores.rows.load(read(version));

        // Then
        assertThat(stores.standing("mallory", TokenStamp.NONE)).isEqualTo(Standing.BLOCKED);
        assertThat(stores.standing("bob", new TokenStamp("stolen", 4_102_444_800L)))
                .isEqualTo(Standing.REVOKED);
        assertThat(stores.standing("carol", new TokenStamp("old", 4_102_444_000L)))
                .isEqualTo(Standing.REVOKED);
        assertThat(stores.standing("carol", new TokenStamp("new", 4_102_444_800L)))
                .isEqualTo(Standing.GOOD);
    }

    @ParameterizedTest
    @MethodSource("versionsFromTwo")
    void shouldReadTheOutboxesAndDevicesThatThatVersionStored(String version) throws IOException {
        // Given
        StoredExamples stores = new StoredExamples("Reached" + version);
        stores.rows.load(read(version));

        // Then
        assertThat(stores.outboxes.take("lp-1", 0))
                .hasValueSatisfying(waiting -> assertThat(waiting.messages()).containsExactly("{\"ping\":1}"));
        assertThat(stores.devices.find("device-1")).contains(StoredExamples.DEVICE);
        assertThat(stores.devices.idOfToken(Provider.FCM, "token")).contains("device-1");
        assertThat(stores.devices.inTopic("sport", "", 10).items()).containsExactly("device-1");
        assertThat(stores.members.of("news", "", 10).items()).containsExactly("dave");
        assertThat(stores.sends.of("push-1", "", 10).items()).containsExactly(StoredExamples.DELIVERY);
    }

    /** It would miss what is no longer written, and misread what has another type. */
    @Test
    void shouldStillWriteWhatTheVersionBeforeReads() throws IOException {
        // Given
        StoredExamples stores = new StoredExamples("Back");

        // When
        stores.write();

        // Then
        assertThat(shape(stores.rows.dump())).containsAll(shape(read(PREVIOUS)));
    }

    @Test
    void shouldWriteRowsAsTheNewestFileHasThem() throws IOException {
        // Given
        StoredExamples stores = new StoredExamples("Write");

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
                .isEqualTo(shape(read(VERSIONS.getLast())));
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
}
