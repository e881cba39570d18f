package io.carillon.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.channel.Recovery.Missed;
import io.carillon.config.ChannelOptions;
import io.carillon.events.ClientInfo;
import io.carillon.events.Position;
import io.carillon.events.Publication;
import io.carillon.events.RawJson;
import io.carillon.events.Request.Recover;
import io.carillon.fakes.FakeChannelLog;
import io.carillon.fakes.FakeClock;
import io.carillon.fakes.FakeShards;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecoveryTest {

    private static final String CHANNEL = "news";
    private static final int LIMIT = 8;
    private static final ChannelOptions STREAM = options("stream");
    private static final ChannelOptions CACHE = options("cache");

    private final FakeClock clock = new FakeClock();
    private final FakeChannelLog log = new FakeChannelLog(clock, new FakeShards());
    private final Publisher publisher = new Publisher(log, letters -> {}, clock);
    private final Recovery recovery = new Recovery(
            log, new History(log, clock), new Holes(log, List.of(Duration.ofMillis(1), Duration.ofMillis(1))), LIMIT);

    @Test
    void shouldGiveExactlyWhatWasMissedOldestFirst() {
        // Given
        publish(5);

        // Then
        assertRecovered(stream(2), 3, 4, 5);
        assertRecovered(stream(5));
        assertRecovered(stream(0), 1, 2, 3, 4, 5);
    }

    @Test
    void shouldTakeAnEmptyEpochForAny() {
        // Given
        publish(3);

        // Then
        assertRecovered(stream(new Recover(true, 1, "")), 2, 3);
    }

    @Test
    void shouldNotRecoverFromAnotherEpoch() {
        // Given
        publish(3);

        // Then
        assertUnrecoverable(stream(new Recover(true, 1, "other")));
        assertUnrecoverable(stream(new Recover(true, 3, "_")));
    }

    @Test
    void shouldNotRecoverWhoClaimsMoreThanTheLogHolds() {
        // Given
        publish(3);

        // Then
        assertUnrecoverable(stream(4));
        assertUnrecoverable(stream(Long.MAX_VALUE));
    }

    @Test
    void shouldNotRecoverMoreThanTheLimit() {
        // Given
        publish(9);

        // Then
        assertRecovered(stream(1), 2, 3, 4, 5, 6, 7, 8, 9);
        assertUnrecoverable(stream(0));
    }

    @Test
    void shouldNotRecoverAPartWhenHistoryHasBeenTrimmed() {
        // Given
        ChannelOptions five =
                ChannelOptions.read("{\"history_size\":5,\"history_ttl\":\"60s\",\"history_meta_ttl\":\"1h\"}");
        publish(7);

        // Then
        assertRecovered(
                recovery.since(CHANNEL, five, from(2), log.state(CHANNEL).top()), 3, 4, 5, 6, 7);
        assertUnrecoverable(
                recovery.since(CHANNEL, five, from(1), log.state(CHANNEL).top()));
    }

    @Test
    void shouldNotRecoverAPartWhenSomeHasExpired() {
        // Given
        publish(2);
        clock.advance(Duration.ofSeconds(30));
        publish(2);
        clock.advance(Duration.ofSeconds(30));

        // Then
        assertUnrecoverable(stream(0));
        assertUnrecoverable(stream(1));
        assertRecovered(stream(2), 3, 4);
    }

    @Test
    void shouldNotRecoverWhatWasRemoved() {
        // Given
        publish(3);
        log.remove(CHANNEL);
        publish(1);

        // Then
        assertUnrecoverable(stream(2));
        assertRecovered(stream(3), 4);
    }

    @Test
    void shouldPassOverTombstones() {
        // Given
        publish(1);
        tombstone();
        publish(1);
        tombstone();

        // Then
        assertRecovered(stream(1), 3);
        assertRecovered(stream(2), 3);
        assertRecovered(stream(3));
    }

    @Test
    void shouldNotOutliveTheHistoryThoughTombstonesDo() {
        // Given
        tombstone();
        publish(1);
        tombstone();
        clock.advance(Duration.ofSeconds(60));

        // Then
        assertUnrecoverable(stream(1));
        assertRecovered(stream(2));
    }

    @Test
    void shouldGiveWhatIsBelowTheTopThatWasDelivered() {
        // Given
        publish(5);

        // When
        Missed missed = recovery.since(
                CHANNEL, STREAM, from(1), log.state(CHANNEL).top().at(3));

        // Then
        assertRecovered(missed, 2, 3);
    }

    @Test
    void shouldWaitForAPublisherThatHasNotWrittenYet() {
        // Given
        publish(1);
        LogState late = log.reserve(CHANNEL, STREAM.historyMetaTtl());
        publish(1);
        ChannelLog slow = new OvertakenLog(log, 0) {
            private int reads;

            @Override
            public List<LogRecord> read(String channel, String epoch, long from, long to) {
                if (++reads == 3) {
                    Publication written =
                            new Publication(late.offset(), RawJson.of("1"), ClientInfo.NONE, Map.of(), clock.millis());
                    log.put(channel, epoch, written, Duration.ofMinutes(1));
                }
                return super.read(channel, epoch, from, to);
            }
        };
        Holes holes = new Holes(slow, List.of(Duration.ofMillis(1), Duration.ofMillis(1)));

        // When
        Missed missed = new Recovery(slow, new History(slow, clock), holes, LIMIT)
                .since(CHANNEL, STREAM, from(1), log.state(CHANNEL).top());

        // Then
        assertRecovered(missed, 2, 3);
    }

    @Test
    void shouldCloseTheOffsetOfADeadPublisherRatherThanNotRecover() {
        // Given
        publish(1);
        log.reserve(CHANNEL, STREAM.historyMetaTtl());

        // Then
        assertRecovered(stream(1));
        assertRecovered(stream(0), 1);
    }

    @Test
    void shouldNotCloseWhatHasExpired() {
        // Given
        publish(3);
        Position top = log.state(CHANNEL).top();
        clock.advance(Duration.ofMinutes(90));
        ChannelLog watched = new OvertakenLog(log, 0) {
            @Override
            public boolean tombstone(String channel, String epoch, long offset) {
                throw new AssertionError("closed " + offset);
            }
        };
        Holes never = new Holes(watched, List.of(Duration.ofMillis(1)));
        Recovery patient = new Recovery(watched, new History(watched, clock), never, LIMIT);

        // Then
        Recover asked = new Recover(true, 1, top.epoch());
        assertUnrecoverable(patient.since(CHANNEL, STREAM, asked, top));
        assertUnrecoverable(patient.since(CHANNEL, CACHE, asked, top));
    }

    @Test
    void shouldGiveTheLatestAloneInCacheMode() {
        // Given
        publish(3);

        // Then
        assertRecovered(cache(new Recover(true, 0, "")), 3);
        assertRecovered(cache(from(1)), 3);
        assertRecovered(cache(new Recover(true, 9, "other")), 3);
        assertRecovered(cache(from(3)));
    }

    @Test
    void shouldLookBehindTombstonesInCacheMode() {
        // Given
        publish(2);
        tombstone();

        // Then
        assertRecovered(cache(from(0)), 2);
        assertRecovered(cache(from(2)));
        assertRecovered(cache(from(3)));
    }

    @Test
    void shouldWaitForTheLatestInCacheMode() {
        // Given
        publish(1);
        log.reserve(CHANNEL, CACHE.historyMetaTtl());

        // Then
        assertRecovered(cache(from(0)), 1);
        assertThat(log.read(CHANNEL, log.state(CHANNEL).epoch(), 2, 2)).containsExactly(new LogRecord.Tombstone(2));
    }

    @Test
    void shouldNotRecoverInCacheModeWhenTheLatestHasExpired() {
        // Given
        publish(2);
        clock.advance(Duration.ofSeconds(60));

        // Then
        assertUnrecoverable(cache(from(1)));
        assertRecovered(cache(from(2)));
        assertUnrecoverable(cache(new Recover(true, 0, "")));
    }

    @Test
    void shouldNotRecoverInCacheModeWhenThereWasNothingYet() {
        // Given
        log.openShard(CHANNEL, 0, CACHE.historyMetaTtl());

        // Then
        assertUnrecoverable(cache(from(0)));
    }

    private void publish(int times) {
        for (int i = 0; i < times; i++) {
            publisher.publish(CHANNEL, STREAM, Draft.from(ClientInfo.NONE, RawJson.of("{}")));
        }
    }

    private void tombstone() {
        LogState hole = log.reserve(CHANNEL, STREAM.historyMetaTtl());
        assertThat(log.tombstone(CHANNEL, hole.epoch(), hole.offset())).isTrue();
    }

    private Recover from(long offset) {
        return new Recover(true, offset, log.state(CHANNEL).epoch());
    }

    private Missed stream(long offset) {
        return stream(from(offset));
    }

    private Missed stream(Recover asked) {
        return recovery.since(CHANNEL, STREAM, asked, log.state(CHANNEL).top());
    }

    private Missed cache(Recover asked) {
        return recovery.since(CHANNEL, CACHE, asked, log.state(CHANNEL).top());
    }

    private static void assertRecovered(Missed missed, long... offsets) {
        assertThat(missed.recovered()).isTrue();
        assertThat(missed.publications().stream().mapToLong(Publication::offset).toArray())
                .containsExactly(offsets);
    }

    private static void assertUnrecoverable(Missed missed) {
        assertThat(missed).isEqualTo(Missed.UNRECOVERABLE);
    }

    private static ChannelOptions options(String mode) {
        return ChannelOptions.read("{\"history_size\":100,\"history_ttl\":\"60s\",\"history_meta_ttl\":\"1h\","
                + "\"force_recovery\":true,\"force_recovery_mode\":\"" + mode + "\"}");
    }
}
