package io.carillon.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.events.ClientInfo;
import io.carillon.events.Publication;
import io.carillon.events.RawJson;
import io.carillon.fakes.FakeChannelLog;
import io.carillon.fakes.FakeClock;
import io.carillon.fakes.FakeShards;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HolesTest {

    private static final String CHANNEL = "news";
    private static final Duration TTL = Duration.ofHours(1);

    private final FakeClock clock = new FakeClock();
    private final FakeChannelLog log = new FakeChannelLog(clock, new FakeShards());
    private final String epoch = log.openShard(CHANNEL, 0, TTL).epoch();
    private final Holes holes = new Holes(log, List.of(Duration.ofMillis(1), Duration.ofMillis(1)));

    @Test
    void shouldReadWhatIsThere() {
        // Given
        write(1);
        write(2);

        // Then
        assertThat(holes.fill(CHANNEL, epoch, 1, 2))
                .hasValueSatisfying(
                        found -> assertThat(found).extracting(LogRecord::offset).containsExactly(1L, 2L));
    }

    @Test
    void shouldWaitForALatePublisher() throws InterruptedException {
        // Given
        CountDownLatch looked = new CountDownLatch(1);
        ChannelLog watched = new OvertakenLog(log, 0) {
            @Override
            public List<LogRecord> read(String channel, String epoch, long from, long to) {
                List<LogRecord> found = super.read(channel, epoch, from, to);
                looked.countDown();
                return found;
            }
        };
        Thread publisher = Thread.startVirtualThread(() -> {
            await(looked);
            write(1);
        });

        // When
        List<LogRecord> found = new Holes(watched, Collections.nCopies(2000, Duration.ofMillis(5)))
                .fill(CHANNEL, epoch, 1, 1)
                .orElseThrow();

        // Then
        publisher.join();
        assertThat(found).containsExactly(new LogRecord.Entry(publication(1)));
    }

    @Test
    void shouldCloseWhatStaysEmpty() {
        // Given
        write(2);

        // When
        List<LogRecord> found = holes.fill(CHANNEL, epoch, 1, 3).orElseThrow();

        // Then
        assertThat(found)
                .containsExactly(
                        new LogRecord.Tombstone(1), new LogRecord.Entry(publication(2)), new LogRecord.Tombstone(3));
    }

    @Test
    void shouldTakeThePublicationThatComesJustBeforeTheTombstone() {
        // Given
        ChannelLog racing = new OvertakenLog(log, 0) {
            @Override
            public boolean tombstone(String channel, String epoch, long offset) {
                write(offset);
                return super.tombstone(channel, epoch, offset);
            }
        };

        // When
        List<LogRecord> found =
                new Holes(racing, List.of()).fill(CHANNEL, epoch, 1, 1).orElseThrow();

        // Then
        assertThat(found).containsExactly(new LogRecord.Entry(publication(1)));
    }

    @Test
    void shouldGiveNothingWhenAPublicationHasExpired() {
        // Given
        write(1);
        clock.advance(TTL);

        // Then
        assertThat(holes.fill(CHANNEL, epoch, 1, 1)).isEmpty();
    }

    @Test
    void shouldNeverCloseWhatIsKnownToHaveBeenWritten() {
        // When
        assertThat(holes.fillWritten(CHANNEL, epoch, 1, 2)).isEmpty();

        // Then
        assertThat(log.read(CHANNEL, epoch, 1, 2)).containsExactly(new LogRecord.Tombstone(1));
    }

    @Test
    void shouldGiveNothingWhenTheHoleIsTooLarge() {
        // Then
        assertThat(holes.fill(CHANNEL, epoch, 1, Holes.LIMIT + 1)).isEmpty();
        assertThat(log.read(CHANNEL, epoch, 1, Holes.LIMIT + 1)).isEmpty();
        assertThat(holes.fill(CHANNEL, epoch, 1, Holes.LIMIT)).isPresent();
    }

    private void write(long offset) {
        log.put(CHANNEL, epoch, publication(offset), TTL);
    }

    private Publication publication(long offset) {
        return new Publication(offset, RawJson.of("1"), ClientInfo.NONE, Map.of(), 5);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
