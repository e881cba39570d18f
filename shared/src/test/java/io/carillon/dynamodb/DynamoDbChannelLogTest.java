package io.carillon.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.channel.ChannelLog;
import io.carillon.channel.ChannelLogContract;
import io.carillon.channel.LogState;
import io.carillon.delivery.Shards;
import io.carillon.fakes.FakeClock;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

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

    private static long ttl(String channel) {
        return Items.number(
                LocalDynamoDb.client()
                        .getItem(get -> get.tableName(TABLES.channels()).key(Keys.log(channel)))
                        .item(),
                Tables.TTL);
    }
}
