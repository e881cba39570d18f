package io.carillon.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.events.RawJson;
import io.carillon.testing.Say;
import io.carillon.testing.TestCarillon;
import io.carillon.testing.TestClient;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SubscriptionTokenTest {

    private static final String INVALID_TOKEN = Say.disconnect(3500, "invalid token");
    private static final String CHANNELS = """
            "namespaces":[{"name":"room","presence":true,"join_leave":true,"history_size":10,"history_ttl":"60s",
             "force_recovery":true,"allow_presence_for_client":true}]""";

    private final TestCarillon carillon = TestCarillon.with("", CHANNELS);
    private final TestClient alice = carillon.connect("alice");

    @Test
    void shouldLetInWithAToken() {
        // Given
        String token = carillon.tokens()
                .subscription("alice", "$room:1")
                .expiresIn(Duration.ofSeconds(60))
                .info(RawJson.of("{\"role\":1.0}"))
                .claim("data", RawJson.of("[1, 2]"))
                .claim("client", RawJson.of("\"" + alice.client() + "\""))
                .sign();

        // When
        alice.sends(subscribe("$room:1", token)).sends("{\"id\":3,\"presence\":{\"channel\":\"$room:1\"}}");

        // Then
        assertThat(alice.received())
                .containsExactly(
                        "{\"id\":2,\"subscribe\":{\"expires\":true,\"ttl\":60,\"recoverable\":true,"
                                + "\"epoch\":\"epoch1\",\"positioned\":true,\"data\":[1, 2]}}",
                        "{\"id\":3,\"presence\":{\"presence\":{\"%1$s\":{\"user\":\"alice\",\"client\":\"%1$s\","
                                        .formatted(alice.client())
                                + "\"chan_info\":{\"role\":1.0}}}}}");
    }

    @Test
    void shouldFollowTheOverridesOfTheToken() {
        // Given
        String token = carillon.tokens()
                .subscription("alice", "room:1")
                .claim("override", RawJson.of("""
                        {"presence":{"value":false},"force_recovery":{"value":false},
                         "force_push_join_leave":{"value":true}}"""))
                .sign();

        // When
        alice.sends(subscribe("room:1", token)).sends("{\"id\":3,\"presence\":{\"channel\":\"room:1\"}}");
        TestClient bob = carillon.connect("bob");
        bob.sends(subscribe(
                "room:1", carillon.tokens().subscription("bob", "room:1").sign()));

        // Then
        assertThat(alice.received())
                .containsExactly(
                        "{\"id\":2,\"subscribe\":{}}",
                        join(alice, "alice"),
                        "{\"id\":3,\"presence\":{\"presence\":{}}}",
                        join(bob, "bob"));
    }

    @Test
    void shouldRefuseWith109WhenTheTokenHasExpired() {
        // When
        alice.sends(subscribe(
                "room:1",
                carillon.tokens()
                        .subscription("alice", "room:1")
                        .expiresIn(Duration.ofSeconds(-1))
                        .sign()));

        // Then
        assertThat(alice.received()).containsExactly(Say.error(2, 109, "token expired"));
        assertThat(alice.isClosed()).isFalse();
    }

    @Test
    void shouldRefuseWith110WhenTheSubscriptionWouldHaveExpired() {
        // Given
        String now = Long.toString(carillon.clock().seconds());

        // When
        alice.sends(subscribe(
                "room:1",
                carillon.tokens()
                        .subscription("alice", "room:1")
                        .claim("expire_at", RawJson.of(now))
                        .sign()));

        // Then
        assertThat(alice.received()).containsExactly(Say.error(2, 110, "expired"));
    }

    @Test
    void shouldRefuseWith103WhenTheTokenIsForged() {
        // When
        alice.sends(subscribe(
                "room:1", carillon.tokens().subscription("alice", "room:1").sign() + "x"));

        // Then
        assertThat(alice.received()).containsExactly(Say.error(2, 103, "permission denied"));
        assertThat(alice.isClosed()).isFalse();
    }

    @Test
    void shouldRefuseWith102BeforeLookingAtTheTokenWhenTheChannelIsUnknown() {
        // When
        alice.sends(subscribe("nowhere:1", "forged"));

        // Then
        assertThat(alice.received()).containsExactly(Say.error(2, 102, "unknown channel"));
    }

    @Test
    void shouldRefuseWith103WhenTheTokenOpensConnections() {
        // When
        alice.sends(subscribe("room:1", carillon.tokens().connection("alice").sign()));

        // Then
        assertThat(alice.received()).containsExactly(Say.error(2, 103, "permission denied"));
    }

    @Test
    void shouldDisconnectWith3500WhenTheTokenIsForAnotherChannel() {
        // When
        alice.sends(subscribe(
                "room:1", carillon.tokens().subscription("alice", "room:2").sign()));

        // Then
        assertThat(alice.received()).containsExactly(INVALID_TOKEN);
        assertThat(alice.isClosed()).isTrue();
    }

    @Test
    void shouldDisconnectWith3500WhenTheTokenIsForAnotherUser() {
        // When
        alice.sends(subscribe(
                "room:1", carillon.tokens().subscription("bob", "room:1").sign()));

        // Then
        assertThat(alice.received()).containsExactly(INVALID_TOKEN);
    }

    @Test
    void shouldDisconnectWith3500WhenTheTokenIsForAnotherConnection() {
        // Given
        String other = carillon.connect("alice").client();

        // When
        alice.sends(subscribe(
                "room:1",
                carillon.tokens()
                        .subscription("alice", "room:1")
                        .claim("client", RawJson.of("\"" + other + "\""))
                        .sign()));

        // Then
        assertThat(alice.received()).containsExactly(INVALID_TOKEN);
    }

    private static String join(TestClient client, String user) {
        return "{\"push\":{\"channel\":\"room:1\",\"join\":{\"info\":{\"user\":\"%s\",\"client\":\"%s\"}}}}"
                .formatted(user, client.client());
    }

    private static String subscribe(String channel, String token) {
        return Say.subscribe(2, channel, "\"token\":\"" + token + "\"");
    }
}
