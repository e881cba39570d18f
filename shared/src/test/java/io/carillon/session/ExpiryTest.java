package io.carillon.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.fakes.Crowd;
import io.carillon.testing.Say;
import io.carillon.testing.TestCarillon;
import io.carillon.testing.TestClient;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** Connections and subscriptions that expire have 25 seconds of grace, in which clients refresh their tokens. */
class ExpiryTest {

    private static final String EXPIRED = Say.disconnect(3005, "connection expired");
    private static final String CHANNELS = """
            "without_namespace":{"allow_subscribe_for_client":true,"allow_publish_for_client":true,"presence":true}""";

    private final TestCarillon carillon = TestCarillon.with("", CHANNELS);

    @Test
    void shouldServeCommandsUntilTheGraceIsOverAndThenDisconnectWith3005() {
        // Given
        TestClient alice = connect(60);

        // When
        carillon.clock().advance(Duration.ofSeconds(84));
        alice.sends(Say.publish(2, "news", "1"));
        carillon.clock().advance(Duration.ofSeconds(1));
        alice.sends(Say.publish(3, "news", "1"), Say.publish(4, "news", "1"));

        // Then
        assertThat(alice.received()).containsExactly(Say.done(2, "publish"), EXPIRED);
        assertThat(alice.isClosed()).isTrue();
    }

    @Test
    void shouldDisconnectASilentConnectionWith3005AtTheHeartbeat() {
        // Given
        TestClient alice = connect(60);
        TestClient forever = carillon.connect("alice");

        // When
        carillon.clock().advance(Duration.ofSeconds(84));
        carillon.beat();
        boolean early = alice.isClosed();
        carillon.clock().advance(Duration.ofSeconds(1));
        carillon.beat();

        // Then
        assertThat(early).isFalse();
        assertThat(alice.received()).contains(EXPIRED);
        assertThat(alice.isClosed()).isTrue();
        assertThat(carillon.connections().find(alice.id())).isEmpty();
        assertThat(forever.isClosed()).isFalse();
    }

    @Test
    void shouldKeepAConnectionThatWasRefreshed() {
        // Given
        TestClient alice = connect(60);
        alice.sends("{\"id\":2,\"refresh\":{\"token\":\"%s\"}}"
                .formatted(carillon.tokens()
                        .connection("alice")
                        .expiresIn(Duration.ofSeconds(600))
                        .sign()));

        // When
        carillon.pass(Duration.ofMinutes(10));
        boolean inTime = alice.isClosed();
        carillon.pass(Duration.ofMinutes(1));

        // Then
        assertThat(inTime).isFalse();
        assertThat(alice.isClosed()).isTrue();
    }

    @Test
    void shouldUnsubscribeWith2501WhenASubscriptionIsPastItsGrace() {
        // Given
        TestClient alice = carillon.connect("alice");
        alice.sends(subscribe(2, "room", 60), Say.subscribe(3, "news"));
        alice.received();

        // When
        carillon.pass(Duration.ofMinutes(1));
        int early = alice.received().stream()
                .filter(line -> line.contains("unsubscribe"))
                .toList()
                .size();
        carillon.pass(Duration.ofMinutes(1));

        // Then
        assertThat(early).isZero();
        assertThat(alice.received())
                .filteredOn(line -> !line.equals("{}"))
                .containsExactly(Say.unsubscribed("room", 2501, "subscription expired"));
        assertThat(alice.isClosed()).isFalse();
        assertThat(carillon.api("presence_stats", "{\"channel\":\"room\"}")).contains("\"num_clients\":0");
        assertThat(carillon.api("presence_stats", "{\"channel\":\"news\"}")).contains("\"num_clients\":1");
    }

    @Test
    void shouldLetTheClientSubscribeAgainAfter2501() {
        // Given
        TestClient alice = carillon.connect("alice");
        alice.sends(subscribe(2, "room", 60));
        carillon.pass(Duration.ofMinutes(2));
        alice.received();

        // When
        alice.sends(subscribe(3, "room", 60));

        // Then
        assertThat(alice.received()).containsExactly("{\"id\":3,\"subscribe\":{\"expires\":true,\"ttl\":60}}");
    }

    @Test
    void shouldKeepASubscriptionThatWasRefreshed() {
        // Given
        TestClient alice = carillon.connect("alice");
        alice.sends(subscribe(2, "room", 60));
        alice.sends("{\"id\":3,\"sub_refresh\":{\"channel\":\"room\",\"token\":\"%s\"}}"
                .formatted(carillon.tokens()
                        .subscription("alice", "room")
                        .expiresIn(Duration.ofSeconds(300))
                        .sign()));

        // When
        carillon.pass(Duration.ofMinutes(5));
        boolean inTime = isSubscribed(alice);
        carillon.pass(Duration.ofMinutes(1));

        // Then
        assertThat(inTime).isTrue();
        assertThat(isSubscribed(alice)).isFalse();
    }

    @Test
    void shouldTryAgainWhenTheMailboxFailedToTakeTheEnd() {
        // Given
        TestClient alice = carillon.connect("alice");
        alice.sends(subscribe(2, "room", 60));
        carillon.mailboxes().fail(true);
        carillon.pass(Duration.ofMinutes(2));
        boolean failed = isSubscribed(alice);

        // When
        carillon.mailboxes().fail(false);
        carillon.pass(Duration.ofMinutes(1));

        // Then
        assertThat(failed).isTrue();
        assertThat(alice.received()).contains(Say.unsubscribed("room", 2501, "subscription expired"));
    }

    @Test
    void shouldMissNoExpiryWhenManySubscribeCommandsRunAtOnce() {
        for (int round = 0; round < 20; round++) {
            // Given
            TestClient client = carillon.connect("alice");
            FrameHandler frames = carillon.carillon().frameHandler();

            // When
            Crowd.run(
                    8, n -> handle(frames, client, n % 2 == 0 ? Say.subscribe(2, "c" + n) : subscribe(2, "c" + n, 60)));

            // Then
            assertThat(carillon.row(client).nextExpiry())
                    .isEqualTo(carillon.clock().seconds() + 60);
        }
    }

    @Test
    void shouldMissNoExpiryWhenTheHeartbeatPostponesMeanwhile() {
        for (int round = 0; round < 20; round++) {
            // Given
            TestClient client = connect(600);
            client.sends(subscribe(2, "over", 1));
            carillon.clock().advance(Duration.ofSeconds(27));
            FrameHandler frames = carillon.carillon().frameHandler();
            Heartbeat heartbeat = carillon.carillon().heartbeat();
            String late = subscribe(4, "late", 30);

            // When
            Crowd.run(
                    2,
                    n -> n == 0
                            ? handle(frames, client, late)
                            : () -> {
                                heartbeat.beat(carillon.clock().instant());
                                return "";
                            });

            // Then
            assertThat(carillon.row(client).nextExpiry())
                    .isLessThanOrEqualTo(carillon.clock().seconds() + 30);
        }
    }

    @Test
    void shouldDisconnectASocketThatNeverConnectedWith3502() {
        // Given
        TestClient silent = carillon.open();

        // When
        carillon.pass(Duration.ofMinutes(1));

        // Then
        assertThat(silent.received()).contains(Say.disconnect(3502, "stale"));
        assertThat(silent.isClosed()).isTrue();
        assertThat(carillon.connections().find(silent.id())).isEmpty();
    }

    private static Callable<String> handle(FrameHandler frames, TestClient client, String frame) {
        return () -> frames.handle(client.id(), frame);
    }

    private boolean isSubscribed(TestClient client) {
        return carillon.row(client).isSubscribedTo(java.util.Set.of("room"));
    }

    private TestClient connect(int seconds) {
        TestClient client = carillon.open()
                .sends(Say.connect(carillon.tokens()
                        .connection("alice")
                        .expiresIn(Duration.ofSeconds(seconds))
                        .sign()));
        client.received();
        return client;
    }

    private String subscribe(int id, String channel, int seconds) {
        String token = carillon.tokens()
                .subscription("alice", channel)
                .expiresIn(Duration.ofSeconds(seconds))
                .sign();
        return Say.subscribe(id, channel, "\"token\":\"" + token + "\"");
    }
}
