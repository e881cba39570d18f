package io.carillon.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.delivery.ShardState;
import io.carillon.delivery.Shards;
import io.carillon.events.Position;
import io.carillon.fakes.Crowd;
import io.carillon.fakes.FakeClock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How every channel log counts, and to whom publications go. Tests share the store and keep apart by their channels. */
public abstract class ChannelLogContract {

    private static final Duration META_TTL = Duration.ofHours(1);

    private final FakeClock clock = new FakeClock();
    private final String channel = "chat:#@" + UUID.randomUUID();
    private ChannelLog log;

    /** Makes the log under test, whose {@link ChannelLog#occupied} counts what {@link #shards()} gives holds. */
    protected abstract ChannelLog log(InstantSource clock);

    /** Gives the shard states that belong to the log made last. */
    protected abstract Shards shards();

    @BeforeEach
    void setUp() {
        log = log(clock);
    }

    @Test
    void shouldKnowNothingOfAChannelThatNobodyUsed() {
        assertThat(log.state(channel)).isEqualTo(LogState.UNUSED);
        assertThat(log.read(channel, "abcd", 1, 100)).isEmpty();
        assertThat(log.earlier(channel, "key")).isEmpty();
    }

    @Test
    void shouldCountOffsetsUpByOneFromOneWithinAnEpoch() {
        // When
        LogState first = log.reserve(channel, META_TTL);
        LogState second = log.reserve(channel, META_TTL);
        LogState elsewhere = log.reserve(channel + "2", META_TTL);

        // Then
        assertThat(first.epoch()).matches("[a-zA-Z0-9]{4,8}");
        assertThat(first).isEqualTo(new LogState(new Position(1, first.epoch()), 0, 0));
        assertThat(second).isEqualTo(new LogState(new Position(2, first.epoch()), 0, 0));
        assertThat(log.state(channel)).isEqualTo(second);
        assertThat(elsewhere.offset()).isEqualTo(1);
        assertThat(elsewhere.epoch()).isNotEqualTo(first.epoch());
    }

    @Test
    void shouldGiveEachOfManyPublishersItsOwnOffsetWithoutGaps() {
        // When
        List<LogState> reserved = Crowd.run(100, n -> () -> log.reserve(channel, META_TTL));

        // Then
        assertThat(reserved.stream().map(LogState::offset))
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, 100).boxed().toList());
        assertThat(reserved.stream().map(LogState::epoch).distinct()).hasSize(1);
    }

    @Test
    void shouldStartANewEpochWhenTheOldOneHasExpired() {
        // Given
        LogState old = log.reserve(channel, META_TTL);
        log.remove(channel);

        // When
        clock.advance(META_TTL);
        LogState expired = log.state(channel);
        LogState fresh = log.reserve(channel, META_TTL);

        // Then
        assertThat(expired).isEqualTo(LogState.UNUSED);
        assertThat(fresh).isEqualTo(new LogState(new Position(1, fresh.epoch()), 0, 0));
        assertThat(fresh.epoch()).isNotEqualTo(old.epoch());
        assertThat(log.state(channel)).isEqualTo(fresh);
    }

    @Test
    void shouldKeepAnEpochThatIsUsed() {
        // Given
        LogState first = log.reserve(channel, META_TTL);

        // When
        clock.advance(Duration.ofMinutes(50));
        log.reserve(channel, META_TTL);
        clock.advance(Duration.ofMinutes(50));

        // Then
        assertThat(log.state(channel).top()).isEqualTo(new Position(2, first.epoch()));
    }

    @Test
    void shouldLetManyPublishersAgreeOnTheEpochThatFollowsAnExpiredOne() {
        // Given
        log.reserve(channel, META_TTL);
        log.openShard(channel, 1, META_TTL);
        clock.advance(META_TTL);

        // When
        List<LogState> reserved = Crowd.run(50, n -> () -> log.reserve(channel, META_TTL));

        // Then
        assertThat(reserved.stream().map(LogState::offset))
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.rangeClosed(1, 50).boxed().toList());
        assertThat(reserved.stream().map(LogState::epoch).distinct()).hasSize(1);
        assertThat(reserved).allSatisfy(state -> assertThat(state.shards()).isEqualTo(2));
    }

    @Test
    void shouldRaiseTheFloorToTheTopWhenHistoryIsRemoved() {
        // Given
        log.reserve(channel, META_TTL);
        LogState before = log.reserve(channel, META_TTL);

        // When
        log.remove(channel);
        log.remove(channel + "unused");

        // Then
        assertThat(log.state(channel)).isEqualTo(new LogState(before.top(), 2, 0));
        assertThat(log.reserve(channel, META_TTL).floor()).isEqualTo(2);
        assertThat(log.state(channel + "unused")).isEqualTo(LogState.UNUSED);
    }

    @Test
    void shouldOpenAShardFromTheTopAndAllBelowIt() {
        // Given
        LogState reserved = log.reserve(channel, META_TTL);

        // When
        LogState third = log.openShard(channel, 2, META_TTL);
        LogState first = log.openShard(channel, 0, META_TTL);

        // Then
        assertThat(third).isEqualTo(new LogState(reserved.top(), 0, 3));
        assertThat(first).isEqualTo(third);
        assertThat(log.reserve(channel, META_TTL)).isEqualTo(new LogState(new Position(2, reserved.epoch()), 0, 3));
    }

    @Test
    void shouldStartAnEpochWhenAShardIsOpenedBeforeAnythingWasPublished() {
        // When
        LogState opened = log.openShard(channel, 0, META_TTL);

        // Then
        assertThat(opened.epoch()).isNotEmpty();
        assertThat(opened).isEqualTo(new LogState(new Position(0, opened.epoch()), 0, 1));
        assertThat(log.reserve(channel, META_TTL).top()).isEqualTo(new Position(1, opened.epoch()));
    }

    @Test
    void shouldStartAnEpochButKeepTheShardsWhenAShardIsOpenedInAnExpiredOne() {
        // Given
        LogState old = log.openShard(channel, 2, META_TTL);
        log.reserve(channel, META_TTL);

        // When
        clock.advance(META_TTL);
        LogState expired = log.state(channel);
        LogState opened = log.openShard(channel, 0, META_TTL);

        // Then
        assertThat(expired).isEqualTo(new LogState(Position.NONE, 0, 3));
        assertThat(opened).isEqualTo(new LogState(new Position(0, opened.epoch()), 0, 3));
        assertThat(opened.epoch()).isNotEqualTo(old.epoch());
    }

    @Test
    void shouldOpenManyShardsAtOnce() {
        // When
        List<LogState> opened = Crowd.run(20, n -> () -> log.openShard(channel, n, META_TTL));

        // Then
        for (int shard = 0; shard < 20; shard++) {
            assertThat(opened.get(shard).shards()).isGreaterThan(shard);
        }
        assertThat(opened.stream().map(LogState::epoch).distinct()).hasSize(1);
        assertThat(log.state(channel).shards()).isEqualTo(20);
    }

    @Test
    void shouldCloseTheNewestShardOnly() {
        // Given
        log.openShard(channel, 1, META_TTL);

        // When
        boolean older = log.closeShard(channel, 0);
        int before = log.state(channel).shards();
        boolean newest = log.closeShard(channel, 1);
        boolean again = log.closeShard(channel, 1);
        int between = log.state(channel).shards();
        boolean last = log.closeShard(channel, 0);
        boolean unused = log.closeShard(channel + "unused", 0);

        // Then
        assertThat(older).isFalse();
        assertThat(before).isEqualTo(2);
        assertThat(List.of(newest, again, last, unused)).containsOnly(true);
        assertThat(between).isEqualTo(1);
        assertThat(log.state(channel).shards()).isZero();
        assertThat(log.state(channel + "unused")).isEqualTo(LogState.UNUSED);
    }

    @Test
    void shouldCountTheSubscribersOfChannelsThatHaveAny() {
        // Given
        shards().save(channel, 0, new ShardState(Position.NONE, 3, true, 1));
        shards().save(channel, 1, new ShardState(Position.NONE, 2, true, 1));
        shards().save(channel + "empty", 0, new ShardState(Position.NONE, 0, false, 1));
        log.reserve(channel + "silent", META_TTL);

        // When
        Map<String, Integer> occupied = new HashMap<>();
        log.occupied((name, subscribers) -> {
            if (name.startsWith(channel)) {
                occupied.put(name, subscribers);
            }
        });

        // Then
        assertThat(occupied).containsExactly(Map.entry(channel, 5));
    }
}
