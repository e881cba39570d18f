package io.carillon.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.delivery.ShardState;
import io.carillon.delivery.Shards;
import io.carillon.delivery.ShardsContract;
import io.carillon.events.Position;
import io.carillon.fakes.FakeClock;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class DynamoDbShardsTest extends ShardsContract {

    private static final TableNames TABLES = LocalDynamoDb.tablesFor(DynamoDbShardsTest.class);

    @Override
    protected Shards shards(InstantSource clock) {
        return new DynamoDbShards(LocalDynamoDb.client(), TABLES, clock);
    }

    @Test
    void shouldForgetAShardOnlyWhenItIsClosedAndEmptyForLongerThanAMailboxKeepsMail() {
        // Given
        FakeClock clock = new FakeClock();
        Shards shards = shards(clock);
        ShardState closed = new ShardState(new Position(9, "e"), 0, false, 1);
        ShardState open = new ShardState(new Position(9, "e"), 0, true, 1);
        shards.save("forget", 0, closed);
        shards.save("forget", 1, open);

        // When
        clock.advance(Duration.ofDays(14));
        ShardState within = shards.load("forget", 0);
        clock.advance(Duration.ofDays(2));

        // Then
        assertThat(within).isEqualTo(closed);
        assertThat(shards.load("forget", 0)).isEqualTo(ShardState.UNUSED);
        assertThat(shards.load("forget", 1)).isEqualTo(open);
        assertThat(shards.save("forget", 0, open)).isTrue();
    }
}
