package io.carillon.presence;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.delivery.Subscriber;
import io.carillon.events.ClientInfo;
import io.carillon.events.Position;
import io.carillon.events.RawJson;
import io.carillon.events.SubscribeOptions;
import io.carillon.fakes.FakeChannelLog;
import io.carillon.fakes.FakeClock;
import io.carillon.fakes.FakeShards;
import io.carillon.fakes.FakeSubscribers;
import io.carillon.presence.Presence.Stats;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PresenceTest {

    private static final String CHANNEL = "news";
    private static final SubscribeOptions SEEN =
            new SubscribeOptions(false, false, true, false, false, false, 0, false);

    private final FakeClock clock = new FakeClock();
    private final FakeChannelLog log = new FakeChannelLog(clock, new FakeShards());
    private final FakeSubscribers subscribers = new FakeSubscribers(clock);
    private final Presence presence = new Presence(log, subscribers);

    @BeforeEach
    void setUp() {
        log.openShard(CHANNEL, 1, Duration.ofHours(1));
    }

    @Test
    void shouldListUsersWithTheirConnectionsAcrossShards() {
        // Given
        add(0, "phone", "alice", SEEN);
        add(1, "laptop", "alice", SEEN);
        add(1, "tablet", "bob", SEEN);

        // Then
        assertThat(presence.of(CHANNEL))
                .containsOnlyKeys("phone", "laptop", "tablet")
                .containsEntry("laptop", info("laptop", "alice"));
        assertThat(presence.stats(CHANNEL)).isEqualTo(new Stats(3, 2));
    }

    @Test
    void shouldLeaveOutWhoIsNotToBeSeen() {
        // Given
        add(0, "phone", "alice", SubscribeOptions.NONE);

        // Then
        assertThat(presence.of(CHANNEL)).isEmpty();
        assertThat(presence.stats(CHANNEL)).isEqualTo(new Stats(0, 0));
    }

    @Test
    void shouldCountWhoWasToldToComeBack() {
        // Given
        subscribers.put(CHANNEL, 0, subscriber("phone", "alice", SEEN).goneAway());

        // Then
        assertThat(presence.of(CHANNEL)).containsOnlyKeys("phone");
    }

    @Test
    void shouldLeaveOutExpiredRows() {
        // Given
        add(0, "phone", "alice", SEEN);

        // When
        clock.advance(Subscriber.LIFETIME);

        // Then
        assertThat(presence.of(CHANNEL)).isEmpty();
    }

    @Test
    void shouldBeEmptyForAChannelThatNobodyUsed() {
        // Then
        assertThat(presence.of("nowhere")).isEmpty();
        assertThat(presence.stats("nowhere")).isEqualTo(new Stats(0, 0));
    }

    private void add(int shard, String client, String user, SubscribeOptions options) {
        subscribers.put(CHANNEL, shard, subscriber(client, user, options));
    }

    private Subscriber subscriber(String client, String user, SubscribeOptions options) {
        long expireAt = clock.seconds() + Subscriber.LIFETIME.toSeconds();
        return new Subscriber(
                "connection of " + client, 1, info(client, user), options, Position.NONE, false, false, expireAt);
    }

    private static ClientInfo info(String client, String user) {
        return new ClientInfo(user, client, RawJson.of("{\"from\":\"" + user + "\"}"), RawJson.NONE);
    }
}
