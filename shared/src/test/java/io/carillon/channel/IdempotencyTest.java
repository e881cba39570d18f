package io.carillon.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.config.ChannelOptions;
import io.carillon.events.ClientInfo;
import io.carillon.events.Position;
import io.carillon.events.Publication;
import io.carillon.events.RawJson;
import io.carillon.fakes.FakeChannelLog;
import io.carillon.fakes.FakeClock;
import io.carillon.fakes.FakeMailboxes;
import io.carillon.fakes.FakeShards;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IdempotencyTest {

    private static final String CHANNEL = "news";
    private static final Duration META_TTL = Duration.ofHours(720);
    private static final ChannelOptions HISTORY =
            ChannelOptions.read("{\"history_size\":100,\"history_ttl\":\"1h\",\"history_meta_ttl\":\"720h\"}");
    private static final ChannelOptions NO_HISTORY = ChannelOptions.read("{}");

    private final FakeClock clock = new FakeClock();
    private final FakeChannelLog log = new FakeChannelLog(clock, new FakeShards());
    private final FakeMailboxes mailboxes = new FakeMailboxes(clock);
    private final Publisher publisher = new Publisher(log, mailboxes, clock);

    @BeforeEach
    void setUp() {
        log.openShard(CHANNEL, 1, META_TTL);
    }

    @Test
    void shouldGiveTheFirstResultWhenAKeyIsRepeated() {
        // Given
        Position first = publish("1", "key");

        // When
        Position second = publish("2", "key");

        // Then
        assertThat(second).isEqualTo(first);
        assertThat(history()).extracting(one -> one.data().text()).containsExactly("1");
        assertThat(mailboxes.sent()).as("one message for each of two shards").hasSize(2);
        assertThat(log.state(CHANNEL).offset())
                .as("no offset taken for nothing")
                .isEqualTo(1);
    }

    @Test
    void shouldPublishAgainWhenFiveMinutesHavePassed() {
        // Given
        publish("1", "key");
        clock.advance(Duration.ofMinutes(5));

        // Then
        assertThat(publish("2", "key").offset()).isEqualTo(2);
    }

    @Test
    void shouldTellKeysOfDifferentChannelsApart() {
        // Given
        publish("1", "key");

        // When
        Position other =
                publisher.publish("weather", HISTORY, draft("2", "key")).position();

        // Then
        assertThat(other.offset()).isEqualTo(1);
        assertThat(log.read("weather", other.epoch(), 1, 1)).hasSize(1);
    }

    @Test
    void shouldPublishOnceWhenManyRaceWithOneKey() throws Exception {
        // When
        List<Future<Position>> results = new ArrayList<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                results.add(executor.submit(() -> publish("1", "key")));
            }
        }

        // Then
        Position first = results.getFirst().get();
        for (Future<Position> result : results) {
            assertThat(result.get()).isEqualTo(first);
        }
        assertThat(history()).hasSize(1);
        assertThat(mailboxes.sent()).hasSize(2);
    }

    @Test
    void shouldCloseTheOffsetOfTheOneThatLostARace() {
        // Given
        ChannelLog slow = new OvertakenLog(log, 0) {
            @Override
            public LogState reserve(String channel, Duration metaTtl) {
                LogState place = super.reserve(channel, metaTtl);
                publish("first", "key");
                return place;
            }
        };

        // When
        Position position = new Publisher(slow, mailboxes, clock)
                .publish(CHANNEL, HISTORY, draft("second", "key"))
                .position();

        // Then
        assertThat(position.offset()).isEqualTo(2);
        assertThat(log.read(CHANNEL, position.epoch(), 1, 1)).containsExactly(new LogRecord.Tombstone(1));
    }

    @Test
    void shouldHealWhenTheFirstCallDiedBetweenLogAndMailboxes() {
        // Given
        Publisher dying = new Publisher(
                log,
                letters -> {
                    throw new IllegalStateException("died");
                },
                clock);
        assertThatThrownBy(() -> dying.publish(CHANNEL, HISTORY, draft("1", "key")))
                .hasMessage("died");

        // When
        Position position = publish("1", "key");

        // Then
        assertThat(position.offset()).isEqualTo(1);
        assertThat(mailboxes.sent()).hasSize(2);
        assertThat(history()).hasSize(1);
    }

    @Test
    void shouldPassOnOnceWhereThereIsNoHistory() {
        // When
        Position first =
                publisher.publish(CHANNEL, NO_HISTORY, draft("1", "key")).position();
        Position second =
                publisher.publish(CHANNEL, NO_HISTORY, draft("1", "key")).position();
        publisher.publish(CHANNEL, NO_HISTORY, draft("1", "other"));

        // Then
        assertThat(first).isEqualTo(Position.NONE);
        assertThat(second).isEqualTo(Position.NONE);
        assertThat(mailboxes.sent()).hasSize(4);
    }

    private Position publish(String data, String key) {
        return publisher.publish(CHANNEL, HISTORY, draft(data, key)).position();
    }

    private List<Publication> history() {
        return new History(log, clock)
                .read(CHANNEL, HISTORY, Position.NONE, -1, false)
                .publications();
    }

    private static Draft draft(String data, String key) {
        return new Draft(RawJson.of(data), ClientInfo.NONE, Map.of(), key, false);
    }
}
