package io.carillon.delivery;

import static io.carillon.delivery.World.CHANNEL;
import static io.carillon.delivery.World.HISTORY;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.config.ChannelOptions;
import io.carillon.delivery.Mailboxes.Letter;
import io.carillon.events.Mail;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ShrinkingTest {

    private final World world = new World(HISTORY, 1);

    @BeforeEach
    void setUp() {
        world.connect("a", "b", "c");
        for (String id : List.of("a", "b", "c")) {
            world.subscribe(id);
            world.deliver();
        }
        assertThat(world.shardCount()).isEqualTo(3);
    }

    @Test
    void shouldCloseTheNewestShardWhenItIsEmpty() {
        // When
        world.unsubscribe(in(2));
        world.deliver();

        // Then
        assertThat(world.shardCount()).isEqualTo(2);
    }

    @Test
    void shouldKeepAnOlderShardOpenUntilAllAboveAreClosed() {
        // When
        world.unsubscribe(in(1));
        world.deliver();

        // Then
        assertThat(world.shardCount()).isEqualTo(3);

        // When
        world.unsubscribe(in(2));
        world.deliver();

        // Then
        assertThat(world.shardCount()).isEqualTo(1);
    }

    @Test
    void shouldCostNoMessageWhenNobodyListensAnyMore() {
        // Given
        List.of("a", "b", "c").forEach(world::unsubscribe);
        world.deliver();
        int sent = world.mailboxes.sent().size();

        // When
        world.publish();

        // Then
        assertThat(world.shardCount()).isZero();
        assertThat(world.mailboxes.sent()).hasSize(sent);
    }

    @Test
    void shouldOpenAgainWhereTheLogIs() {
        // Given
        List.of("a", "b", "c").forEach(world::unsubscribe);
        world.deliver();
        world.publish(3);
        world.forgetSeen();

        // When
        world.subscribe("a");
        world.deliver();
        world.publish();
        world.deliver();

        // Then
        assertThat(world.seen("a")).containsExactly("reply 3 at 3", "pub 4");
    }

    @Test
    void shouldCloseAllWhenALateSubscriberOfAHighShardLeaves() {
        // Given: who returns stays with its shard, though all have been closed
        List.of("a", "b", "c").forEach(world::unsubscribe);
        world.deliver();
        String high = in(2);
        world.subscribe(high);
        world.deliver();
        assertThat(world.shardCount()).isEqualTo(3);

        // When
        world.unsubscribe(high);
        world.deliver();

        // Then
        assertThat(world.shardCount()).isZero();
    }

    @Test
    void shouldDeliverInAShardBelowThatWasClosedWhenOneAboveIsOpen() {
        // Given
        List.of("a", "b", "c").forEach(world::unsubscribe);
        world.deliver();
        world.subscribe(in(2));
        world.deliver();
        world.publish(2);
        world.deliver();
        world.forgetSeen();

        // When
        world.subscribe(in(0));
        world.deliver();
        world.publish();
        world.deliver();

        // Then
        assertThat(world.seen(in(0))).containsExactly("reply 3 at 2", "pub 3");
        assertThat(world.seen(in(2))).containsExactly("pub 3");
    }

    @Test
    void shouldLetInWhoComesRightAfterTheLastOneLeft() {
        // Given
        World one = new World(HISTORY);
        one.connect("a", "b");
        one.subscribe("a");
        one.deliver();
        one.publish(2);
        one.unsubscribe("a");
        one.subscribe("b");
        one.publish();

        // When
        one.deliver();
        one.publish();
        one.deliver();

        // Then: a publication that was sent before is either behind the answer's position, or delivered
        assertThat(one.seen("b")).isIn(List.of("reply 1 at 3", "pub 4"), List.of("reply 1 at 2", "pub 3", "pub 4"));
        assertThat(one.shardCount()).isEqualTo(1);
    }

    @Test
    void shouldCloseWhenTheRowsOfAllSubscribersHaveExpired() {
        // Given
        World one = new World(HISTORY);
        one.connect("a");
        one.subscribe("a");
        one.deliver();

        // When
        one.clock.advance(Subscriber.LIFETIME);
        one.publish();
        one.deliver();

        // Then
        assertThat(one.shardCount()).isZero();
    }

    @Test
    void shouldCloseAShardThatGetsPublicationsThoughItWasNeverOpened() {
        // Given: a deliverer that opened a shard and died before it could note that, for a subscriber that then left
        World one = new World(HISTORY);
        one.log.openShard(CHANNEL, 0, Duration.ofHours(1));

        // When
        one.publish();
        one.deliver();

        // Then
        assertThat(one.shardCount()).isZero();
    }

    @Test
    void shouldCloseShardsWithoutHistoryToo() {
        // Given
        World plain = new World(ChannelOptions.read("{\"history_meta_ttl\":\"1h\"}"));
        plain.connect("a");
        plain.subscribe("a");
        plain.deliver();

        // When
        plain.closer.forget("a");
        plain.deliver();

        // Then
        assertThat(plain.shardCount()).isZero();
    }

    @Test
    void shouldSettleAsOftenAsItIsAsked() {
        // Given
        List.of("a", "b", "c").forEach(world::unsubscribe);
        world.deliver();

        // When: both times shard 0 is closed already, as far as its deliverer knows
        for (int i = 0; i < 2; i++) {
            world.log.openShard(CHANNEL, 1, Duration.ofHours(1));
            world.mailboxes.send(List.of(new Letter(new Mail.Settle(CHANNEL, 1, 2), "settle " + i)));
            world.deliver();

            // Then
            assertThat(world.shardCount()).isZero();
        }
    }

    /** Gives the connection in a shard; each shard holds one. */
    private String in(int shard) {
        return List.of("a", "b", "c").stream()
                .filter(id -> world.entry(id).orElseThrow().shard() == shard)
                .findFirst()
                .orElseThrow();
    }
}
