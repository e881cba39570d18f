package io.carillon.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.events.Position;
import io.carillon.fakes.Crowd;
import io.carillon.fakes.FakeClock;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store of shard states does. Tests share the store and keep apart by their channels. */
public abstract class ShardsContract {

    private final String channel = "chat:#" + UUID.randomUUID();
    private Shards shards;

    /** Makes the store under test. */
    protected abstract Shards shards(InstantSource clock);

    @BeforeEach
    void setUp() {
        shards = shards(new FakeClock());
    }

    @Test
    void shouldLoadWhatWasSavedForThatShardOnly() {
        // Given
        ShardState state = new ShardState(new Position(17, "epoch"), 3, true, 1);

        // When
        boolean saved = shards.save(channel, 1, state);

        // Then
        assertThat(saved).isTrue();
        assertThat(shards.load(channel, 1)).isEqualTo(state);
        assertThat(shards.load(channel, 11)).isEqualTo(ShardState.UNUSED);
        assertThat(shards.load(channel + "#1", 1)).isEqualTo(ShardState.UNUSED);
    }

    @Test
    void shouldSaveOnlyOverTheVersionBefore() {
        // Given
        shards.save(channel, 0, new ShardState(new Position(1, "e"), 1, true, 1));

        // When
        boolean again = shards.save(channel, 0, new ShardState(new Position(5, "e"), 1, true, 1));
        boolean skipping = shards.save(channel, 0, new ShardState(new Position(5, "e"), 1, true, 3));
        boolean next = shards.save(channel, 0, new ShardState(new Position(2, "e"), 0, false, 2));

        // Then
        assertThat(List.of(again, skipping)).containsOnly(false);
        assertThat(next).isTrue();
        assertThat(shards.load(channel, 0)).isEqualTo(new ShardState(new Position(2, "e"), 0, false, 2));
    }

    @Test
    void shouldNotSaveALaterVersionWhereThereIsNone() {
        // When
        boolean saved = shards.save(channel, 0, new ShardState(Position.NONE, 1, true, 2));

        // Then
        assertThat(saved).isFalse();
        assertThat(shards.load(channel, 0)).isEqualTo(ShardState.UNUSED);
    }

    @Test
    void shouldLetOneOfManySaveAVersion() {
        // When
        List<Boolean> first =
                Crowd.run(20, n -> () -> shards.save(channel, 0, new ShardState(Position.NONE, n, true, 1)));
        List<Boolean> second =
                Crowd.run(20, n -> () -> shards.save(channel, 0, new ShardState(Position.NONE, n, true, 2)));

        // Then
        assertThat(first).containsOnlyOnce(true);
        assertThat(second).containsOnlyOnce(true);
        assertThat(shards.load(channel, 0).size()).isEqualTo(second.indexOf(true));
    }
}
