package io.carillon.delivery;

import static io.carillon.delivery.World.CHANNEL;
import static io.carillon.delivery.World.HISTORY;
import static io.carillon.delivery.World.JOIN_LEAVE;
import static io.carillon.delivery.World.RECOVERABLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.connection.Entry;
import io.carillon.events.Request.Recover;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GrowingTest {

    private static final List<String> SEVEN =
            IntStream.rangeClosed(1, 7).mapToObj(n -> "c" + n).toList();

    private final World world = new World(HISTORY, 2);

    @Test
    void shouldReachEverySubscriberExactlyOnceWhenTheChannelHasManyShards() {
        // Given
        fill();

        // When
        world.publish(3);
        world.deliver();

        // Then
        assertThat(world.shardCount()).isGreaterThanOrEqualTo(4);
        assertThat(SEVEN).allSatisfy(id -> {
            assertThat(world.seen(id)).containsExactly("reply 1 at 0", "pub 1", "pub 2", "pub 3");
            assertThat(world.row(id).orElseThrow().revision())
                    .isEqualTo(world.entry(id).orElseThrow().revision());
        });
    }

    @Test
    void shouldHoldNoMoreThanItsSizeInEachShard() {
        // Given
        fill();

        // Then
        assertThat(IntStream.range(0, world.shardCount()))
                .allSatisfy(shard -> assertThat(world.subscribers.in(CHANNEL, shard))
                        .hasSizeBetween(1, 2)
                        .hasSize(world.shards.load(CHANNEL, shard).size())
                        .allSatisfy(row -> assertThat(world.entry(row.connection())
                                        .orElseThrow()
                                        .shard())
                                .isEqualTo(shard)));
    }

    @Test
    void shouldStartANewShardWhereTheLogIs() {
        // Given
        world.connect("c1", "c2", "c3");
        world.subscribe("c1", "c2");
        world.deliver();
        world.publish(2);

        // When
        world.subscribe("c3");
        world.publish(2);
        world.deliver();
        world.publish();
        world.deliver();

        // Then
        List<String> seen = world.seen("c3");
        assertThat(seen.getFirst()).startsWith("reply 1 at ");
        int at = Integer.parseInt(seen.getFirst().substring("reply 1 at ".length()));
        assertThat(seen.subList(1, seen.size()))
                .containsExactlyElementsOf(IntStream.rangeClosed(at + 1, 5)
                        .mapToObj(n -> "pub " + n)
                        .toList());
        assertThat(world.seen("c1")).endsWith("pub 1", "pub 2", "pub 3", "pub 4", "pub 5");
    }

    @Test
    void shouldRecoverInAnotherShard() {
        // Given
        fill();
        world.publish(4);
        world.deliver();
        world.connect("c8");

        // When
        world.subscribe("c8", RECOVERABLE, world.from(1));
        world.deliver();

        // Then
        assertThat(world.seen("c8")).containsExactly("reply 1 at 1 recovered [2, 3, 4]");
    }

    @Test
    void shouldFindItsShardAgainWhenASubscriberLeavesAndReturns() {
        // Given
        fill();
        int shard = world.entry("c7").orElseThrow().shard();
        world.unsubscribe("c7");
        world.subscribe("c7");

        // When
        world.deliver();
        world.publish();
        world.deliver();

        // Then
        assertThat(world.entry("c7").orElseThrow().shard()).isEqualTo(shard);
        assertThat(world.seen("c7")).containsExactly("reply 1 at 0", "reply 3 at 0", "pub 1");
    }

    @Test
    void shouldVoidACommandThatIsPassedOnWhenTheConnectionUnsubscribesMeanwhile() {
        // Given: the command of c3 is passed on, and its unsubscribe is sent to the new shard before it
        world.connect("c1", "c2", "c3");
        world.subscribe("c1", "c2");
        world.deliver();
        world.subscribe("c3");
        world.mailboxes.deliverOne(world.deliverer::deliver);

        // When
        world.unsubscribe("c3");
        world.deliver();
        world.publish();
        world.deliver();

        // Then
        assertThat(world.seen("c3")).isEmpty();
        assertThat(world.row("c3")).isEmpty();
        assertThat(world.shardCount()).isEqualTo(1);
    }

    @Test
    void shouldPassOnASubscriberAlthoughItsExpiryChangesMeanwhile() {
        // Given
        world.connect("c1", "c2", "c3");
        world.subscribe("c1", "c2");
        world.deliver();
        world.subscribe("c3");
        world.faults.onceBefore("Connections.swap", () -> {
            Entry entry = world.entry("c3").orElseThrow();
            world.connections.swap("c3", CHANNEL, Optional.of(entry), entry.expiring(99), Set.of());
        });

        // When
        world.deliver();

        // Then
        assertThat(world.seen("c3")).containsExactly("reply 1 at 0");
        assertThat(world.entry("c3").orElseThrow().expireAt()).isEqualTo(99);
    }

    @Test
    void shouldAnnounceOnceInEveryShard() {
        // Given
        world.connect("c1", "c2", "c3", "c4", "c5");
        for (String id : List.of("c1", "c2", "c3", "c4", "c5")) {
            world.subscribe(id, JOIN_LEAVE, Recover.NO);
            world.deliver();
        }

        // Then
        assertThat(world.seen("c1"))
                .containsExactly("reply 1 at 0", "join c1", "join c2", "join c3", "join c4", "join c5");
        assertThat(world.seen("c3")).containsExactly("reply 1 at 0", "join c3", "join c4", "join c5");

        // When
        world.forgetSeen();
        world.unsubscribe("c3");
        world.deliver();

        // Then
        assertThat(List.of("c1", "c2", "c4", "c5"))
                .allSatisfy(id -> assertThat(world.seen(id)).containsExactly("leave c3"));
        assertThat(world.seen("c3")).isEmpty();
    }

    private void fill() {
        SEVEN.forEach(world::connect);
        SEVEN.forEach(world::subscribe);
        world.deliver();
    }
}
