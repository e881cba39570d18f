package io.carillon.delivery;

import static io.carillon.delivery.World.CHANNEL;
import static io.carillon.delivery.World.HISTORY;
import static io.carillon.delivery.World.NO_HISTORY;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.events.Request.Recover;
import io.carillon.fakes.FakeClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a deliverer remembers of the shards it delivered to. */
class RosterCacheTest {

    private final World world = new World(HISTORY);
    private final Deliverer other = world.deliverer(world.poster, 1000);

    @Test
    void shouldReadTheSubscribersOnceForManyBatches() {
        // Given
        subscribed("a", "b");

        // When
        for (int i = 0; i < 5; i++) {
            world.publish();
            world.deliver();
        }

        // Then
        assertThat(reads()).isZero();
        assertThat(world.seen("b")).containsExactly("pub 1", "pub 2", "pub 3", "pub 4", "pub 5");
    }

    @Test
    void shouldReadThemAgainWhenAnotherProcessHasLetSomebodyIn() {
        // Given
        subscribed("a");
        world.connect("b");
        world.subscribe("b");
        world.mailboxes.drain(other::deliver);

        // When
        world.publish();
        world.deliver();

        // Then
        assertThat(world.seen("b")).containsExactly("reply 1 at 0", "pub 1");
    }

    @Test
    void shouldReadThemAgainWhenAnotherProcessHasChangedARowAndNothingElse() {
        // Given: neither the position nor the number of subscribers changes
        World plain = new World(NO_HISTORY);
        Deliverer second = plain.deliverer(plain.poster, 1000);
        plain.connect("a", "b");
        plain.subscribe("a", World.PLAIN, Recover.NO);
        plain.subscribe("b", World.PLAIN, Recover.NO);
        plain.deliver();
        long before = plain.shards.load(CHANNEL, 0).version();
        plain.unsubscribe("a");
        plain.subscribe("a", World.PLAIN, Recover.NO);

        // When
        plain.mailboxes.drain(second::deliver);

        // Then
        assertThat(plain.shards.load(CHANNEL, 0).version()).isGreaterThan(before);
    }

    @Test
    void shouldRelyOnNothingRememberedWhenABatchIsRepeated() {
        // Given: another process lets b in and dies before it says so
        subscribed("a");
        world.connect("b");
        world.subscribe("b");
        world.publish();
        world.faults.crashAt("before Shards.save");
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> world.mailboxes.drain(other::deliver)))
                .isInstanceOf(Faults.Crash.class);
        world.faults.passed();

        // When
        world.deliver();
        world.publish();
        world.deliver();

        // Then
        assertThat(reads()).isEqualTo(1);
        assertThat(world.seen("b")).endsWith("reply 1 at 0", "pub 1", "pub 2");
    }

    @Test
    void shouldForgetWhatItHasRememberedForLongerThanTheQueueTries() {
        // Given
        subscribed("a");
        world.clock.advance(RosterCache.LIFETIME);

        // When
        world.publish();
        world.deliver();

        // Then
        assertThat(reads()).isEqualTo(1);
    }

    @Test
    void shouldGiveOnlyWhatBelongsToTheVersionAndHasNotExpired() {
        // Given
        FakeClock clock = new FakeClock();
        RosterCache cache = new RosterCache(100, clock);
        Subscriber expiring = row("a", clock.millis() / 1000 + 60);
        Subscriber staying = row("b", 0);

        // When
        cache.put(CHANNEL, 0, 7, List.of(expiring, staying));
        Optional<List<Subscriber>> older = cache.take(CHANNEL, 0, 8);
        cache.put(CHANNEL, 0, 8, List.of(expiring, staying));
        clock.advance(Duration.ofSeconds(60));

        // Then
        assertThat(older).isEmpty();
        assertThat(cache.take(CHANNEL, 0, 8)).contains(List.of(staying));
        assertThat(cache.take(CHANNEL, 0, 8)).isEmpty();
    }

    @Test
    void shouldForgetTheOldestWhenThereAreTooMany() {
        // Given
        RosterCache cache = new RosterCache(5, new FakeClock());

        // When
        cache.put("first", 0, 1, List.of(row("a", 0)));
        cache.put("second", 0, 1, List.of(row("b", 0)));
        cache.put("third", 0, 1, List.of());
        cache.put("fourth", 0, 1, List.of());

        // Then
        assertThat(cache.take("first", 0, 1)).isEmpty();
        assertThat(cache.take("second", 0, 1)).isPresent();
        assertThat(cache.take("fourth", 0, 1)).isPresent();
    }

    @Test
    void shouldNotRememberAShardThatIsLargerThanAllItMay() {
        // Given
        RosterCache cache = new RosterCache(2, new FakeClock());

        // When
        cache.put(CHANNEL, 0, 1, List.of(row("a", 0), row("b", 0)));

        // Then
        assertThat(cache.take(CHANNEL, 0, 1)).isEmpty();
    }

    private void subscribed(String... ids) {
        world.connect(ids);
        world.subscribe(ids);
        world.deliver();
        world.forgetSeen();
        world.faults.passed();
    }

    private long reads() {
        return world.faults.passed().stream()
                .filter("before Subscribers.in"::equals)
                .count();
    }

    private static Subscriber row(String connection, long expireAt) {
        return new Subscriber(
                connection,
                1,
                io.carillon.events.ClientInfo.NONE,
                World.PLAIN,
                io.carillon.events.Position.NONE,
                false,
                false,
                expireAt);
    }
}
