package io.carillon.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.channel.History.Page;
import io.carillon.config.ChannelOptions;
import io.carillon.events.ClientInfo;
import io.carillon.events.Position;
import io.carillon.events.Publication;
import io.carillon.events.RawJson;
import io.carillon.fakes.FakeChannelLog;
import io.carillon.fakes.FakeClock;
import io.carillon.fakes.FakeShards;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryTest {

    private static final String CHANNEL = "news";
    private static final ChannelOptions FIVE =
            ChannelOptions.read("{\"history_size\":5,\"history_ttl\":\"60s\",\"history_meta_ttl\":\"1h\"}");

    private final FakeClock clock = new FakeClock();
    private final FakeChannelLog log = new FakeChannelLog(clock, new FakeShards());
    private final Publisher publisher = new Publisher(log, letters -> {}, clock);
    private final History history = new History(log, clock);

    @Test
    void shouldGiveTheLastPublicationsUpToTheSize() {
        // Given
        publish(8);

        // Then
        assertThat(read(Position.NONE, -1, false)).containsExactly(4L, 5L, 6L, 7L, 8L);
        assertThat(read(Position.NONE, -1, true)).containsExactly(8L, 7L, 6L, 5L, 4L);
    }

    @Test
    void shouldGiveOnlyThePositionWhenTheLimitIsZero() {
        // Given
        publish(3);

        // When
        Page page = history.read(CHANNEL, FIVE, Position.NONE, 0, false);

        // Then
        assertThat(page.publications()).isEmpty();
        assertThat(page.top()).isEqualTo(log.state(CHANNEL).top());
    }

    @Test
    void shouldGiveTheOldestUpToTheLimitOrTheNewestInReverse() {
        // Given
        publish(5);

        // Then
        assertThat(read(Position.NONE, 2, false)).containsExactly(1L, 2L);
        assertThat(read(Position.NONE, 2, true)).containsExactly(5L, 4L);
        assertThat(read(at(2), 2, false)).containsExactly(3L, 4L);
        assertThat(read(at(4), 2, true)).containsExactly(3L, 2L);
        assertThat(read(at(5), -1, false)).isEmpty();
        assertThat(read(at(1), -1, true)).isEmpty();
    }

    @Test
    void shouldRefuseAPositionOfAnotherEpoch() {
        // Given
        publish(1);

        // Then
        assertThatThrownBy(() -> history.read(CHANNEL, FIVE, new Position(1, "other"), -1, false))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.error().code()).isEqualTo(112));
    }

    @Test
    void shouldLeaveOutWhatIsTooOldThoughItsRowStillStands() {
        // Given
        publish(2);
        clock.advance(Duration.ofSeconds(59));
        publish(1);

        // Then
        assertThat(read(Position.NONE, -1, false)).containsExactly(1L, 2L, 3L);
        clock.advance(Duration.ofSeconds(1));
        assertThat(read(Position.NONE, -1, false)).containsExactly(3L);
        assertThat(log.read(CHANNEL, log.state(CHANNEL).epoch(), 1, 3)).hasSize(3);
    }

    @Test
    void shouldLeaveOutWhatWasRemovedAndKeepThePosition() {
        // Given
        publish(3);
        log.remove(CHANNEL);
        publish(1);

        // Then
        assertThat(read(Position.NONE, -1, false)).containsExactly(4L);
    }

    @Test
    void shouldLeaveOutTombstones() {
        // Given
        publish(1);
        LogState hole = log.reserve(CHANNEL, FIVE.historyMetaTtl());
        log.tombstone(CHANNEL, hole.epoch(), hole.offset());
        publish(1);

        // Then
        assertThat(read(Position.NONE, -1, false)).containsExactly(1L, 3L);
    }

    @Test
    void shouldBeEmptyForAChannelThatNobodyUsed() {
        // When
        Page page = history.read(CHANNEL, FIVE, Position.NONE, -1, false);

        // Then
        assertThat(page.publications()).isEmpty();
        assertThat(page.top()).isEqualTo(Position.NONE);
    }

    private void publish(int times) {
        for (int i = 0; i < times; i++) {
            publisher.publish(CHANNEL, FIVE, Draft.from(ClientInfo.NONE, RawJson.of("{}")));
        }
    }

    private Position at(long offset) {
        return log.state(CHANNEL).top().at(offset);
    }

    private List<Long> read(Position since, int limit, boolean reverse) {
        return history.read(CHANNEL, FIVE, since, limit, reverse).publications().stream()
                .map(Publication::offset)
                .toList();
    }
}
