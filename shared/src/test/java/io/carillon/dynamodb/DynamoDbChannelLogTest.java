package io.carillon.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.channel.ChannelLog;
import io.carillon.channel.ChannelLogContract;
import io.carillon.channel.LogState;
import io.carillon.delivery.Shards;
import io.carillon.events.Position;
import io.carillon.fakes.FakeClock;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DynamoDbChannelLogTest extends ChannelLogContract {

    private static final TableNames TABLES = LocalDynamoDb.tablesFor(DynamoDbChannelLogTest.class);
    private static final Duration META_TTL = Duration.ofHours(1);

    private final FakeClock now = new FakeClock();

    @Override
    protected ChannelLog log(InstantSource clock) {
        return new DynamoDbChannelLog(LocalDynamoDb.client(), TABLES, clock);
    }

    @Override
    protected Shards shards() {
        return new DynamoDbShards(LocalDynamoDb.client(), TABLES, now);
    }

    @Test
    void shouldHaveTheLogItemDeletedWithItsEpochButNeverWhileShardsAreOpen() {
        // Given
        ChannelLog log = log(now);
        long end = now.seconds() + META_TTL.toSeconds();

        // When
        log.reserve("ttl", META_TTL);
        long silent = ttl("ttl");
        log.openShard("ttl", 0, META_TTL);
        long opened = ttl("ttl");
        LogState reserved = log.reserve("ttl", META_TTL);
        long published = ttl("ttl");
        log.closeShard("ttl", 0);
        long closed = ttl("ttl");
        log.reserve("ttl", META_TTL);

        // Then
        assertThat(reserved.shards()).isEqualTo(1);
        assertThat(silent).isEqualTo(end);
        assertThat(opened).isGreaterThan(end + Duration.ofDays(365_000).toSeconds());
        assertThat(published).isEqualTo(opened);
        assertThat(closed).isEqualTo(end);
        assertThat(ttl("ttl")).isEqualTo(end);
    }

    @Test
    void shouldHoldTheLogItemOfANewEpochWhileShardsAreOpen() {
        // Given
        ChannelLog log = log(now);
        log.openShard("held", 0, META_TTL);

        // When
        now.advance(META_TTL);
        log.reserve("held", META_TTL);

        // Then
        assertThat(ttl("held"))
                .isGreaterThan(now.seconds() + Duration.ofDays(365_000).toSeconds());
    }

    private ChannelLog marked(String mark) {
        return new DynamoDbChannelLog(LocalDynamoDb.client(), TABLES, now, new Epochs(mark));
    }

    @Test
    void shouldContinueItsOwnLogWhenTheEpochHasItsMark() {
        // Given
        LogState first = marked("eu1").reserve("own", META_TTL);

        // When
        LogState second = marked("eu1").reserve("own", META_TTL);

        // Then
        assertThat(first.epoch()).startsWith("eu1-");
        assertThat(second.top()).isEqualTo(first.top().at(2));
        assertThat(marked("eu1").state("own").top()).isEqualTo(second.top());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "eu1", "eu11", "us1"})
    void shouldStartANewEpochWhenTheLogHasAnotherMarkAndKeepItsShards(String other) {
        // Given
        String channel = "other-" + other;
        marked(other).openShard(channel, 1, META_TTL);
        LogState old = marked(other).reserve(channel, META_TTL);

        // When
        ChannelLog log = marked("eu2");
        LogState found = log.state(channel);
        log.remove(channel);
        LogState reserved = log.reserve(channel, META_TTL);

        // Then
        assertThat(found).isEqualTo(new LogState(Position.NONE, 0, 2));
        assertThat(reserved.epoch()).startsWith("eu2-").isNotEqualTo(old.epoch());
        assertThat(reserved.offset()).isEqualTo(1);
        assertThat(reserved.shards()).isEqualTo(2);
    }

    @Test
    void shouldStartANewEpochWhenAShardOpensInALogWithAnotherMark() {
        // Given
        marked("eu1").reserve("opened", META_TTL);

        // When
        LogState opened = marked("us1").openShard("opened", 0, META_TTL);

        // Then
        assertThat(opened.epoch()).startsWith("us1-");
        assertThat(opened.offset()).isZero();
        assertThat(opened.shards()).isEqualTo(1);
    }

    private static long ttl(String channel) {
        return Items.number(
                LocalDynamoDb.client()
                        .getItem(get -> get.tableName(TABLES.channels()).key(Keys.log(channel)))
                        .item(),
                Tables.TTL);
    }
}
