package io.carillon.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.events.ClientInfo;
import io.carillon.events.Position;
import io.carillon.events.RawJson;
import io.carillon.events.SubscribeOptions;
import io.carillon.fakes.FakeClock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store of subscribers does. Tests share the store and keep apart by their channels. */
public abstract class SubscribersContract {

    private final FakeClock clock = new FakeClock();
    private final String channel = "chat:#" + UUID.randomUUID();
    private Subscribers subscribers;

    /** Makes the store under test. */
    protected abstract Subscribers subscribers(InstantSource clock);

    @BeforeEach
    void setUp() {
        subscribers = subscribers(clock);
    }

    @Test
    void shouldListTheSubscribersOnlyIfTheyAreFew() {
        // Given
        subscribers.put(channel, 0, plain("c1=", 1));
        subscribers.put(channel, 0, plain("c2=", 1));

        // Then
        assertThat(subscribers.few(channel, 0, 2)).contains(subscribers.in(channel, 0));
        assertThat(subscribers.few(channel, 0, 1)).isEmpty();
        assertThat(subscribers.few(channel, 1, 1)).contains(List.of());
    }

    @Test
    void shouldCountTheExpiredWhenItSaysWhetherTheyAreFew() {
        // Given
        subscribers.put(channel, 0, plain("c1=", 1));
        clock.advance(Duration.ofSeconds(60));
        subscribers.put(channel, 0, plain("c2=", 1));

        // Then
        assertThat(subscribers.few(channel, 0, 1)).isEmpty();
        assertThat(subscribers.few(channel, 0, 2)).contains(List.of(plain("c2=", 1)));
    }

    @Test
    void shouldListTheSubscribersOfOneShardWithEveryField() {
        // Given
        Subscriber rich = new Subscriber(
                "c1=",
                12,
                new ClientInfo("u", "client", RawJson.of("{\"a\": 1.00}"), RawJson.of("null")),
                new SubscribeOptions(true, true, true, true, true, true, 99, true),
                new Position(41, "epoch"),
                true,
                true,
                clock.seconds() + 60);
        Subscriber plain = plain("c2=", 1);
        subscribers.put(channel, 0, rich);
        subscribers.put(channel, 0, plain);
        subscribers.put(channel, 1, plain("c3=", 1));

        // Then
        assertThat(subscribers.in(channel, 0)).containsExactlyInAnyOrder(rich, plain);
        assertThat(subscribers.in(channel, 1)).containsExactly(plain("c3=", 1));
        assertThat(subscribers.in(channel, 2)).isEmpty();
    }

    @Test
    void shouldFindOneSubscriberUnlessItsRowHasExpired() {
        // Given
        Subscriber subscriber = plain("c1=", 1);
        subscribers.put(channel, 0, subscriber);

        // When
        Optional<Subscriber> found = subscribers.find(channel, 0, "c1=");
        Optional<Subscriber> elsewhere = subscribers.find(channel, 1, "c1=");
        clock.advance(Duration.ofSeconds(60));
        Optional<Subscriber> expired = subscribers.find(channel, 0, "c1=");

        // Then
        assertThat(found).contains(subscriber);
        assertThat(elsewhere).isEmpty();
        assertThat(expired).isEmpty();
    }

    @Test
    void shouldReplaceASubscribersRow() {
        // Given
        subscribers.put(channel, 0, plain("c1=", 5));

        // When
        subscribers.put(channel, 0, plain("c1=", 3).goneAway());

        // Then
        assertThat(subscribers.in(channel, 0)).containsExactly(plain("c1=", 3).goneAway());
    }

    @Test
    void shouldRemoveASubscriberAndMindNotIfThereIsNone() {
        // Given
        subscribers.put(channel, 0, plain("c1=", 1));
        subscribers.put(channel, 0, plain("c2=", 1));

        // When
        subscribers.remove(channel, 0, "c1=");
        subscribers.remove(channel, 0, "c1=");
        subscribers.remove(channel, 7, "c2=");

        // Then
        assertThat(subscribers.in(channel, 0)).containsExactly(plain("c2=", 1));
    }

    @Test
    void shouldLeaveOutExpiredRows() {
        // Given
        subscribers.put(channel, 0, plain("c1=", 1));

        // When
        clock.advance(Duration.ofSeconds(60));

        // Then
        assertThat(subscribers.in(channel, 0)).isEmpty();
    }

    @Test
    void shouldListMoreThanOnePage() {
        // Given
        RawJson large = RawJson.of("\"" + "x".repeat(20_000) + "\"");
        IntStream.range(0, 70)
                .mapToObj(n -> new Subscriber(
                        "c" + n,
                        1,
                        new ClientInfo("u", "c", large, RawJson.NONE),
                        SubscribeOptions.NONE,
                        Position.NONE,
                        false,
                        false,
                        clock.seconds() + 60))
                .forEach(subscriber -> subscribers.put(channel, 0, subscriber));

        // Then
        assertThat(subscribers.in(channel, 0)).hasSize(70);
    }

    private Subscriber plain(String connection, long revision) {
        return new Subscriber(
                connection,
                revision,
                ClientInfo.NONE,
                SubscribeOptions.NONE,
                Position.NONE,
                false,
                false,
                clock.seconds() + 60);
    }
}
