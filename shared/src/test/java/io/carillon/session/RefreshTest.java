package io.carillon.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.events.RawJson;
import io.carillon.testing.Say;
import io.carillon.testing.TestCarillon;
import io.carillon.testing.TestClient;
import io.carillon.token.TokenBuilder;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RefreshTest {

    private static final String CHANNELS = "\"namespaces\":[{\"name\":\"room\",\"allow_subscribe_for_client\":true}]";
    private static final String INVALID_TOKEN = Say.disconnect(3500, "invalid token");

    private final TestCarillon carillon = TestCarillon.with("", CHANNELS);
    private final TestClient alice = carillon.connect("alice");

    @Test
    void shouldMoveTheExpiryOfTheConnection() {
        // When
        alice.sends(refresh(token("alice").expiresIn(Duration.ofSeconds(70))));

        // Then
        assertThat(alice.received())
                .containsExactly("{\"id\":2,\"refresh\":{\"client\":\"" + alice.client()
                        + "\",\"version\":\"carillon 0.1.0\",\"expires\":true,\"ttl\":70}}");
        assertThat(carillon.row(alice).expireAt()).isEqualTo(carillon.clock().seconds() + 70);
    }

    @Test
    void shouldReplaceTheInfoOnlyWhenThereIsAnother() {
        // When
        alice.sends(refresh(token("alice").info(RawJson.of("{\"v\":2}")))).sends(refresh(token("alice")));

        // Then
        assertThat(carillon.row(alice).info().text()).isEqualTo("{\"v\":2}");
        assertThat(alice.received()).hasSize(2).allMatch(reply -> !reply.contains("expires"));
    }

    @Test
    void shouldDisconnectWith3500WhenTheTokenIsForAnotherUser() {
        // When
        alice.sends(refresh(token("bob")));

        // Then
        assertThat(alice.received()).containsExactly(INVALID_TOKEN);
        assertThat(alice.isClosed()).isTrue();
    }

    @Test
    void shouldDisconnectWith3500WhenTheTokenIsForged() {
        // When
        alice.sends("{\"id\":2,\"refresh\":{\"token\":\"forged\"}}");

        // Then
        assertThat(alice.received()).containsExactly(INVALID_TOKEN);
    }

    @Test
    void shouldDisconnectWith3005WhenTheTokenHasExpired() {
        // When
        alice.sends(refresh(token("alice").expiresIn(Duration.ofSeconds(-1))));

        // Then
        assertThat(alice.received()).containsExactly(Say.disconnect(3005, "connection expired"));
    }

    @Test
    void shouldRefuseWith110WhenTheConnectionWouldHaveExpired() {
        // Given
        RawJson now = RawJson.of(Long.toString(carillon.clock().seconds()));

        // When
        alice.sends(refresh(token("alice").claim("expire_at", now)));

        // Then
        assertThat(alice.received()).containsExactly(Say.error(2, 110, "expired"));
        assertThat(alice.isClosed()).isFalse();
    }

    @Test
    void shouldMakeTheClientReconnectWhenTheTokenGrantsOtherChannels() {
        // When
        alice.sends(refresh(token("alice").channels(List.of("room:1"))));

        // Then
        assertThat(alice.received()).containsExactly(Say.disconnect(3010, "insufficient state"));
    }

    @Test
    void shouldMakeTheClientReconnectWhenTheTokenGrantsLessThanBefore() {
        // Given
        TestClient granted = carillon.open()
                .sends(Say.connect(
                        token("alice").channels(List.of("room:1", "room:2")).sign()));
        granted.received();

        // When
        granted.sends(refresh(token("alice").channels(List.of("room:1"))));

        // Then
        assertThat(granted.received()).containsExactly(Say.disconnect(3010, "insufficient state"));
    }

    @Test
    void shouldStayConnectedWhenTheTokenDoesNotNameWhatTheBackendOrTheClientSubscribed() {
        // Given
        carillon.api("subscribe", "{\"user\":\"alice\",\"channel\":\"room:1\"}");
        alice.sends(Say.subscribe(3, "room:2"));
        alice.received();

        // When
        alice.sends(refresh(token("alice")));

        // Then
        assertThat(alice.received()).singleElement().asString().startsWith("{\"id\":2,\"refresh\":");
    }

    @Test
    void shouldStayConnectedWhenTheTokenGrantsTheSameChannels() {
        // Given
        TestClient granted = carillon.open()
                .sends(Say.connect(token("alice").channels(List.of("room:1")).sign()));
        granted.received();

        // When
        granted.sends(refresh(token("alice").channels(List.of("room:1"))));

        // Then
        assertThat(granted.received()).singleElement().asString().startsWith("{\"id\":2,\"refresh\":");
    }

    @Test
    void shouldMoveTheExpiryOfASubscription() {
        // Given
        alice.sends(subscribe(3, Duration.ofSeconds(60)));
        alice.received();

        // When
        alice.sends(subRefresh(carillon.tokens().subscription("alice", "room:1").expiresIn(Duration.ofSeconds(300))))
                .sends(subRefresh(carillon.tokens().subscription("alice", "room:1")));

        // Then
        assertThat(alice.received())
                .containsExactly(
                        "{\"id\":2,\"sub_refresh\":{\"expires\":true,\"ttl\":300}}", Say.done(2, "sub_refresh"));
        assertThat(carillon.row(alice).subscription("room:1").orElseThrow().expireAt())
                .isZero();
    }

    @Test
    void shouldRefuseASubRefreshWith103WhenNotSubscribed() {
        // When
        alice.sends(subRefresh(carillon.tokens().subscription("alice", "room:1")));

        // Then
        assertThat(alice.received()).containsExactly(Say.error(2, 103, "permission denied"));
    }

    @Test
    void shouldRefuseASubRefreshWithTheErrorThatFits() {
        // Given
        RawJson now = RawJson.of(Long.toString(carillon.clock().seconds()));
        alice.sends(subscribe(3, Duration.ofSeconds(60)));
        alice.received();

        // When
        alice.sends(
                "{\"id\":2,\"sub_refresh\":{\"channel\":\"room:1\"}}",
                subRefresh(carillon.tokens().subscription("alice", "room:1").expiresIn(Duration.ofSeconds(-1))),
                subRefresh(carillon.tokens().subscription("alice", "room:1").claim("expire_at", now)));

        // Then
        assertThat(alice.received())
                .containsExactly(
                        Say.error(2, 107, "bad request"),
                        Say.error(2, 109, "token expired"),
                        Say.error(2, 110, "expired"));
    }

    @Test
    void shouldDisconnectWith3500WhenASubRefreshIsForAnother() {
        for (TokenBuilder wrong : List.of(
                carillon.tokens().subscription("bob", "room:1"),
                carillon.tokens().subscription("alice", "room:2"),
                carillon.tokens().subscription("alice", "room:1").claim("client", RawJson.of("\"other\"")))) {
            // Given
            TestClient client = carillon.connect("alice");
            client.sends(subscribe(3, Duration.ofSeconds(60)));
            client.received();

            // When
            client.sends(subRefresh(wrong));

            // Then
            assertThat(client.received()).containsExactly(INVALID_TOKEN);
        }
    }

    @Test
    void shouldDisconnectWith3501WhenTheServerMadeTheSubscription() {
        // Given
        carillon.api("subscribe", "{\"user\":\"alice\",\"channel\":\"room:1\"}");
        alice.received();

        // When
        alice.sends(subRefresh(carillon.tokens().subscription("alice", "room:1")));

        // Then
        assertThat(alice.received()).containsExactly(Say.disconnect(3501, "bad request"));
    }

    private TokenBuilder token(String user) {
        return carillon.tokens().connection(user);
    }

    private String subscribe(int id, Duration time) {
        String token = carillon.tokens()
                .subscription("alice", "room:1")
                .expiresIn(time)
                .sign();
        return Say.subscribe(id, "room:1", "\"token\":\"" + token + "\"");
    }

    private static String refresh(TokenBuilder token) {
        return "{\"id\":2,\"refresh\":{\"token\":\"" + token.sign() + "\"}}";
    }

    private static String subRefresh(TokenBuilder token) {
        return "{\"id\":2,\"sub_refresh\":{\"channel\":\"room:1\",\"token\":\"" + token.sign() + "\"}}";
    }
}
