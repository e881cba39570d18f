package io.carillon.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.channel.ChannelLog;
import io.carillon.connection.Connection;
import io.carillon.connection.Connections;
import io.carillon.connection.Connections.Change;
import io.carillon.connection.Entry;
import io.carillon.delivery.ShardState;
import io.carillon.delivery.Shards;
import io.carillon.events.ClientInfo;
import io.carillon.events.Position;
import io.carillon.events.Publication;
import io.carillon.events.RawJson;
import io.carillon.fakes.FakeClock;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** A write whose answer got lost is sent again by the SDK; it must not be refused because of what it did itself. */
class LostAnswersTest {

    private static final TableNames TABLES = LocalDynamoDb.tablesFor(LostAnswersTest.class);
    static final DynamoDbClient STUTTERING = stuttering(LocalDynamoDb.client());
    private static final Duration HOUR = Duration.ofHours(1);

    private final FakeClock clock = new FakeClock();
    private final String id = UUID.randomUUID().toString();
    private final Connections connections = new DynamoDbConnections(STUTTERING, TABLES, clock);
    private final ChannelLog log = new DynamoDbChannelLog(STUTTERING, TABLES, clock);
    private final Shards shards = new DynamoDbShards(STUTTERING, TABLES, clock);

    @Test
    void shouldEstablishAndSwapWhenTheCallIsRepeated() {
        // Given
        Connection opened = Connection.opened(id, clock.millis());
        connections.open(opened);
        Entry entry = new Entry(1, 1, 0, Entry.State.ACTIVE, Entry.Source.CLIENT, false, 0);

        // When
        boolean established = connections.establish(
                new Connection(id, true, "c", "u", RawJson.NONE, RawJson.NONE, "s", clock.millis(), 0, 0, 0, Map.of()));
        boolean added = connections.swap(id, "channel", Optional.empty(), entry, Set.of());
        boolean left = connections.swap(id, "channel", Optional.of(entry), entry.to(Entry.State.LEFT), Set.of());

        // Then
        assertThat(established).isTrue();
        assertThat(added).isTrue();
        assertThat(left).isTrue();
    }

    @Test
    void shouldSwapManyEntriesWhenTheCallsAreRepeated() {
        // Given
        connections.open(Connection.opened(id, clock.millis()));
        Entry entry = new Entry(1, 1, 0, Entry.State.ACTIVE, Entry.Source.CLIENT, false, 0);
        List<Change> changes = IntStream.range(0, 200)
                .mapToObj(n -> new Change("channel" + n, Optional.empty(), entry))
                .toList();

        // When
        Set<String> swapped = connections.swapAll(id, changes, Set.of());

        // Then
        assertThat(swapped).hasSize(200);
    }

    @Test
    void shouldSaveAShardWhenTheCallIsRepeated() {
        // When
        boolean first = shards.save(id, 0, new ShardState(Position.NONE, 1, true, 1));
        boolean second = shards.save(id, 0, new ShardState(Position.NONE, 2, true, 2));

        // Then
        assertThat(first).isTrue();
        assertThat(second).isTrue();
    }

    @Test
    void shouldWriteToTheLogWhenTheCallIsRepeated() {
        // Given
        Publication publication = new Publication(1, RawJson.of("1"), ClientInfo.NONE, Map.of(), 0);

        // When
        boolean put = log.put(id, "epoch", publication, HOUR);
        boolean closed = log.tombstone(id, "epoch", 2);
        boolean claimed = log.claim(id, "key");
        int opened = log.openShard(id, 0, HOUR).shards();
        boolean shardClosed = log.closeShard(id, 0);

        // Then
        assertThat(put).isTrue();
        assertThat(closed).isTrue();
        assertThat(claimed).isTrue();
        assertThat(opened).isEqualTo(1);
        assertThat(shardClosed).isTrue();
    }

    /** Makes a client that does everything twice and tells only what came of the second. */
    private static DynamoDbClient stuttering(DynamoDbClient client) {
        return (DynamoDbClient) Proxy.newProxyInstance(
                LostAnswersTest.class.getClassLoader(),
                new Class<?>[] {DynamoDbClient.class},
                (proxy, method, arguments) -> {
                    try {
                        method.invoke(client, arguments);
                        return method.invoke(client, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
