package io.carillon.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.channel.ChannelLog.PutOnce;
import io.carillon.events.ClientInfo;
import io.carillon.events.Position;
import io.carillon.events.Publication;
import io.carillon.events.RawJson;
import io.carillon.fakes.Crowd;
import io.carillon.fakes.FakeClock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every channel log keeps, and what it keeps once. Tests share the store and keep apart by their channels. */
public abstract class ChannelHistoryContract {

    private static final Duration TTL = Duration.ofSeconds(60);
    private static final String EPOCH = "abcd";

    private final FakeClock clock = new FakeClock();
    private final String channel = "chat:#@" + UUID.randomUUID();
    private ChannelLog log;

    /** Makes the log under test. */
    protected abstract ChannelLog log(InstantSource clock);

    @BeforeEach
    void setUp() {
        log = log(clock);
    }

    @Test
    void shouldReadPublicationsInOrderWithEveryField() {
        // Given
        Publication rich = new Publication(
                3,
                RawJson.of("{\"b\": 1.0, \"a\": \"\u00e9\"}"),
                new ClientInfo("u", "c", RawJson.of("[ ]"), RawJson.NONE),
                Map.of("t", "1", "empty", ""),
                1_700_000_000_123L);
        log.put(channel, EPOCH, publication(10), TTL);
        log.put(channel, EPOCH, rich, TTL);
        log.put(channel, EPOCH, publication(2), TTL);
        log.put(channel, "other", publication(4), TTL);

        // Then
        assertThat(log.read(channel, EPOCH, 1, 100))
                .containsExactly(entry(publication(2)), entry(rich), entry(publication(10)));
        assertThat(log.read(channel, EPOCH, 3, 9)).containsExactly(entry(rich));
        assertThat(log.read(channel, EPOCH, 4, 3)).isEmpty();
    }

    @Test
    void shouldReadMoreThanOnePage() {
        // Given
        RawJson large = RawJson.of("\"" + "x".repeat(100_000) + "\"");
        for (int offset = 1; offset <= 25; offset++) {
            log.put(channel, EPOCH, new Publication(offset, large, ClientInfo.NONE, Map.of(), 0), TTL);
        }

        // When
        List<LogRecord> records = log.read(channel, EPOCH, 1, 25);

        // Then
        assertThat(records.stream().map(LogRecord::offset))
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 25).boxed().toList());
    }

    @Test
    void shouldNotReadWhatHasExpired() {
        // Given
        log.put(channel, EPOCH, publication(1), TTL);
        log.put(channel, EPOCH, publication(2), TTL.multipliedBy(2));

        // When
        clock.advance(TTL);

        // Then
        assertThat(log.read(channel, EPOCH, 1, 2)).containsExactly(entry(publication(2)));
    }

    @Test
    void shouldRefuseAPublicationWhoseOffsetWasClosed() {
        // When
        boolean closed = log.tombstone(channel, EPOCH, 1);
        boolean closedAgain = log.tombstone(channel, EPOCH, 1);
        boolean put = log.put(channel, EPOCH, publication(1), TTL);
        PutOnce putOnce = log.putOnce(channel, EPOCH, publication(1), TTL, "key");

        // Then
        assertThat(List.of(closed, closedAgain)).containsOnly(true);
        assertThat(put).isFalse();
        assertThat(putOnce).isEqualTo(PutOnce.CLOSED);
        assertThat(log.read(channel, EPOCH, 1, 1)).containsExactly(new LogRecord.Tombstone(1));
        assertThat(log.earlier(channel, "key")).isEmpty();
    }

    @Test
    void shouldNotCloseAnOffsetWhereAPublicationStands() {
        // Given
        log.put(channel, EPOCH, publication(1), TTL);

        // When
        boolean closed = log.tombstone(channel, EPOCH, 1);

        // Then
        assertThat(closed).isFalse();
        assertThat(log.read(channel, EPOCH, 1, 1)).containsExactly(entry(publication(1)));
    }

    @Test
    void shouldNotPassOffAnExpiredPublicationAsOneThatNeverCame() {
        // Given
        log.put(channel, EPOCH, publication(1), TTL);

        // When
        clock.advance(TTL);
        boolean closed = log.tombstone(channel, EPOCH, 1);

        // Then
        assertThat(closed).isFalse();
        assertThat(log.read(channel, EPOCH, 1, 1)).isEmpty();
    }

    @Test
    void shouldLetEitherThePublisherOrTheDelivererHaveAnOffset() {
        for (int offset = 1; offset <= 10; offset++) {
            // When
            int at = offset;
            List<Boolean> done = Crowd.run(
                    2,
                    n -> () -> n == 0
                            ? log.putOnce(channel, EPOCH, publication(at), TTL, "key" + at) == PutOnce.WRITTEN
                            : log.tombstone(channel, EPOCH, at));

            // Then
            assertThat(done).containsOnlyOnce(true);
            assertThat(log.read(channel, EPOCH, at, at))
                    .containsExactly(done.get(0) ? entry(publication(at)) : new LogRecord.Tombstone(at));
        }
    }

    @Test
    void shouldTakeAPublicationAgainWhenThePublisherRepeatsItself() {
        // Given
        log.put(channel, EPOCH, publication(1), TTL);

        // When
        boolean again = log.put(channel, EPOCH, publication(1), TTL);

        // Then
        assertThat(again).isTrue();
        assertThat(log.read(channel, EPOCH, 1, 1)).containsExactly(entry(publication(1)));
    }

    @Test
    void shouldWriteOnceForAnIdempotencyKeyWithinFiveMinutes() {
        // When
        PutOnce first = log.putOnce(channel, EPOCH, publication(1), TTL, "key");
        PutOnce second = log.putOnce(channel, EPOCH, publication(2), TTL, "key");
        PutOnce otherKey = log.putOnce(channel, EPOCH, publication(3), TTL, "key2");
        Optional<Position> earlier = log.earlier(channel, "key");
        clock.advance(Duration.ofMinutes(5));
        Optional<Position> afterwards = log.earlier(channel, "key");
        PutOnce later = log.putOnce(channel, EPOCH, publication(4), TTL, "key");

        // Then
        assertThat(List.of(first, second, otherKey, later))
                .containsExactly(PutOnce.WRITTEN, PutOnce.REPEATED, PutOnce.WRITTEN, PutOnce.WRITTEN);
        assertThat(earlier).contains(new Position(1, EPOCH));
        assertThat(afterwards).isEmpty();
        assertThat(log.earlier(channel, "key")).contains(new Position(4, EPOCH));
        assertThat(log.read(channel, EPOCH, 2, 2)).isEmpty();
    }

    @Test
    void shouldLetOneOfManyWriteForAnIdempotencyKey() {
        // When
        List<PutOnce> done = Crowd.run(8, n -> () -> log.putOnce(channel, EPOCH, publication(n + 1), TTL, "key"));

        // Then
        assertThat(done).containsOnlyOnce(PutOnce.WRITTEN).doesNotContain(PutOnce.CLOSED);
        assertThat(log.earlier(channel, "key")).contains(new Position(done.indexOf(PutOnce.WRITTEN) + 1, EPOCH));
        assertThat(log.read(channel, EPOCH, 1, 8)).hasSize(1);
    }

    @Test
    void shouldLetAKeyOfAnyLengthBeClaimedOnceWithinFiveMinutes() {
        // Given
        String longKey = "k\u20ac ".repeat(500);

        // When
        List<Boolean> done = Crowd.run(10, n -> () -> log.claim(channel, longKey));
        boolean other = log.claim(channel, longKey + "2");
        Optional<Position> earlier = log.earlier(channel, longKey);
        clock.advance(Duration.ofMinutes(5));
        boolean later = log.claim(channel, longKey);

        // Then
        assertThat(done).containsOnlyOnce(true);
        assertThat(List.of(other, later)).containsOnly(true);
        assertThat(earlier).contains(Position.NONE);
    }

    private static LogRecord entry(Publication publication) {
        return new LogRecord.Entry(publication);
    }

    private static Publication publication(long offset) {
        return new Publication(offset, RawJson.of("{\"n\": " + offset + "}"), ClientInfo.NONE, Map.of(), 1_000);
    }
}
