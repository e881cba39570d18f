package io.carillon.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.delivery.Poster.Outcome;
import io.carillon.events.Json;
import io.carillon.events.RawJson;
import io.carillon.fakes.Crowd;
import io.carillon.testing.Say;
import io.carillon.testing.TestCarillon;
import io.carillon.testing.TestClient;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectTest {

    private static final String INVALID_TOKEN = Say.disconnect(3500, "invalid token");
    private static final String BAD_REQUEST = Say.disconnect(3501, "bad request");
    private static final String PERMISSION_DENIED = Say.disconnect(3507, "permission denied");

    private final TestCarillon carillon = TestCarillon.with("", "");

    @Test
    void shouldAnswerWithClientAndPingWhenTheTokenIsGenuine() {
        // Given
        TestClient client = carillon.open();

        // When
        client.sends(Say.connect(carillon.tokens().connection("alice").sign()));

        // Then
        String session = carillon.row(client).session();
        assertThat(client.received())
                .containsExactly("{\"id\":1,\"connect\":{\"client\":\"" + client.client()
                        + "\",\"version\":\"carillon 0.1.0\",\"ping\":480,\"session\":\"" + session
                        + "\",\"node\":\"carillon\"}}");
        assertThat(carillon.row(client).user()).isEqualTo("alice");
        assertThat(carillon.poster().attempts(client.id())).isZero();
    }

    @Test
    void shouldNoteThatAUserConnectsWhereMobilePushWaitsForThatOnly() {
        // Given
        TestCarillon waiting = TestCarillon.with("", """
                "without_namespace":{"carillon":{"push":"offline","push_delay":"10s"}}""");
        TestClient alice = waiting.open();
        TestClient bob = carillon.open();

        // When
        alice.sends(Say.connect(waiting.tokens().connection("alice").sign()));
        bob.sends(Say.connect(carillon.tokens().connection("bob").sign()));

        // Then
        assertThat(waiting.connections().lastConnected("alice"))
                .isEqualTo(waiting.clock().millis());
        assertThat(carillon.connections().lastConnected("bob")).isZero();
    }

    @Test
    void shouldTellWhenTheTokenExpires() {
        // Given
        TestClient client = carillon.open();
        String token = carillon.tokens()
                .connection("alice")
                .expiresIn(Duration.ofSeconds(90))
                .info(RawJson.of("{\"n\": 1.0}"))
                .sign();

        // When
        client.sends(Say.connect(token));

        // Then
        assertThat(client.received()).singleElement().asString().contains("\"expires\":true,\"ttl\":90,");
        assertThat(carillon.row(client).info().text()).isEqualTo("{\"n\": 1.0}");
        assertThat(carillon.row(client).expireAt()).isEqualTo(carillon.clock().seconds() + 90);
    }

    @Test
    void shouldRefuseWith109WhenTheTokenHasExpired() {
        // Given
        TestClient client = carillon.open();
        String token = carillon.tokens()
                .connection("alice")
                .expiresIn(Duration.ofSeconds(-1))
                .sign();

        // When
        client.sends(Say.connect(token), Say.subscribe(2, "news"));

        // Then
        assertThat(client.received()).containsExactly(Say.error(1, 109, "token expired"));
        assertThat(client.isClosed()).isFalse();
        assertThat(carillon.row(client).established()).isFalse();
    }

    @Test
    void shouldRefuseWith110WhenTheConnectionWouldHaveExpired() {
        // Given
        TestClient client = carillon.open();
        String token = carillon.tokens()
                .connection("alice")
                .claim("expire_at", RawJson.of(Long.toString(carillon.clock().seconds())))
                .sign();

        // When
        client.sends(Say.connect(token));

        // Then
        assertThat(client.received()).containsExactly(Say.error(1, 110, "expired"));
    }

    @Test
    void shouldDisconnectWith3500WhenTheTokenIsForged() {
        // Given
        TestClient client = carillon.open();

        // When
        client.sends(Say.connect(carillon.tokens().connection("alice").sign() + "x"));

        // Then
        assertThat(client.received()).containsExactly(INVALID_TOKEN);
        assertThat(client.isClosed()).isTrue();
        assertThat(carillon.connections().find(client.id())).isEmpty();
    }

    @Test
    void shouldDisconnectWith3501WithoutATokenWhenAnonymousUsersAreNotAllowed() {
        // Given
        TestClient client = carillon.open();

        // When
        client.sends("{\"id\":1,\"connect\":{}}");

        // Then
        assertThat(client.received()).containsExactly(BAD_REQUEST);
        assertThat(client.isClosed()).isTrue();
    }

    @Test
    void shouldConnectAnonymouslyWithoutATokenWhenAllowed() {
        // Given
        TestClient client = TestCarillon.with("\"allow_anonymous_connect_without_token\":true", "")
                .open();

        // When
        client.sends("{\"id\":1,\"connect\":{}}");

        // Then
        assertThat(client.received()).singleElement().asString().startsWith("{\"id\":1,\"connect\":{\"client\":");
    }

    @Test
    void shouldConnectWithoutATokenAndNeverExpireWhenInsecure() {
        // Given
        TestCarillon insecure = TestCarillon.with("\"insecure\":true", "");
        String token = insecure.tokens()
                .connection("alice")
                .expiresIn(Duration.ofSeconds(90))
                .sign();

        // When
        TestClient anonymous = insecure.connectAnonymously();
        TestClient alice = insecure.open().sends(Say.connect(token));

        // Then
        assertThat(insecure.row(anonymous).user()).isEmpty();
        assertThat(insecure.row(alice).user()).isEqualTo("alice");
        assertThat(insecure.row(alice).expireAt()).isZero();
        assertThat(alice.received()).singleElement().asString().doesNotContain("expires");
    }

    @Test
    void shouldDisconnectWith3507WhenTheTokenIsAnonymousAndThatIsNotAllowed() {
        // Given
        TestCarillon strict = TestCarillon.with(
                "\"disallow_anonymous_connection_tokens\":true,\"allow_anonymous_connect_without_token\":true", "");
        TestClient client = strict.open();

        // When
        client.sends(Say.connect(strict.tokens().connection("").sign()));

        // Then
        assertThat(client.received()).containsExactly(PERMISSION_DENIED);
        assertThat(client.isClosed()).isTrue();
    }

    @Test
    void shouldDisconnectWith3501WhenConnectedTwice() {
        // Given
        TestClient client = carillon.connect("alice");

        // When
        client.sends(Say.connect(carillon.tokens().connection("alice").sign()));

        // Then
        assertThat(client.received()).containsExactly(BAD_REQUEST);
        assertThat(client.isClosed()).isTrue();
    }

    @Test
    void shouldDisconnectWith3501WhenConnectedTwiceWhateverTheSecondToken() {
        // Given
        TestClient client = carillon.connect("alice");

        // When
        client.sends(Say.connect("forged"));

        // Then
        assertThat(client.received()).containsExactly(BAD_REQUEST);
        assertThat(client.isClosed()).isTrue();
    }

    @Test
    void shouldLetOneOfManyRacingConnectsWin() {
        // Given
        TestClient client = carillon.open();
        FrameHandler frames = carillon.carillon().frameHandler();
        String token = carillon.tokens().connection("alice").sign();

        // When
        List<String> answers = Crowd.run(8, n -> () -> frames.handle(client.id(), Say.connect(token)));

        // Then
        assertThat(answers.stream().filter(answer -> !answer.isEmpty())).hasSize(1);
        assertThat(carillon.poster().lines(client.id())).containsOnly(BAD_REQUEST);
    }

    @Test
    void shouldPostTheReplyAheadWhenMailboxesMayAnswerNext() {
        // Given
        TestCarillon open = TestCarillon.with("", "\"without_namespace\":{\"allow_subscribe_for_client\":true}");
        TestClient client = open.open();
        String token = open.tokens().connection("alice").sign();

        // When
        client.sends(Say.connect(token), Say.subscribe(2, "news"), Say.subscribe(3, "$secret"));

        // Then
        List<String> received = client.received();
        assertThat(received).hasSize(3);
        assertThat(received.get(0)).startsWith("{\"id\":1,\"connect\":");
        assertThat(received).contains("{\"id\":2,\"subscribe\":{}}", Say.error(3, 103, "permission denied"));
        assertThat(open.poster().frames(client.id()).getFirst()).startsWith("{\"id\":1,\"connect\":");
    }

    @Test
    void shouldCloseAConnectionThatCannotTakeItsReply() {
        // Given
        TestClient client = carillon.open();
        carillon.poster().answer(client.id(), Outcome.BACKED_UP);

        // When
        client.sends(Say.connect(carillon.tokens().connection("alice").sign()), Say.subscribe(2, "news"));

        // Then
        assertThat(client.isClosed()).isTrue();
        assertThat(carillon.connections().find(client.id())).isEmpty();
        assertThat(client.received()).isEmpty();
    }

    @Test
    void shouldDisconnectWith3504WhenTheUserHasAsManyConnectionsAsAllowed() {
        // Given
        TestCarillon limited = TestCarillon.with("\"user_connection_limit\":2", "");
        TestClient first = limited.connect("alice");
        limited.connect("alice");

        // When
        TestClient third = limited.open()
                .sends(Say.connect(limited.tokens().connection("alice").sign()));
        TestClient bob = limited.open()
                .sends(Say.connect(limited.tokens().connection("bob").sign()));

        // Then
        assertThat(third.received()).containsExactly(Say.disconnect(3504, "connection limit"));
        assertThat(third.isClosed()).isTrue();
        assertThat(first.isClosed()).isFalse();
        assertThat(bob.received()).singleElement().asString().contains("\"connect\"");
    }

    @Test
    void shouldNotLimitTheConnectionsOfTheAnonymous() {
        // Given
        TestCarillon limited =
                TestCarillon.with("\"user_connection_limit\":1,\"allow_anonymous_connect_without_token\":true", "");

        // When
        TestClient first = limited.connectAnonymously();
        TestClient second = limited.connectAnonymously();

        // Then
        assertThat(List.of(first.isClosed(), second.isClosed())).containsOnly(false);
        assertThat(limited.row(second).established()).isTrue();
    }

    @Test
    void shouldEndTheOtherConnectionsOfAUserThatMayHaveOne() {
        // Given
        TestCarillon single = TestCarillon.with(
                "\"subscribe_to_user_personal_channel\":{\"enabled\":true,\"single_connection\":true}",
                "\"without_namespace\":{\"presence\":true}");
        TestClient first = single.connect("alice");
        TestClient bob = single.connect("bob");

        // When
        TestClient second = single.connect("alice");

        // Then
        assertThat(first.received()).contains(Say.disconnect(3504, "connection limit"));
        assertThat(first.isClosed()).isTrue();
        assertThat(List.of(second.isClosed(), bob.isClosed())).containsOnly(false);
    }

    @Test
    void shouldRefuseAUserIdThatIsTooLongForAKey() {
        // Given
        TestCarillon carillon = TestCarillon.with("", "");
        TestClient client = carillon.open();

        // When
        client.sends(Say.connect(carillon.tokens().connection("u".repeat(2049)).sign()));

        // Then
        assertThat(client.received()).containsExactly(Say.disconnect(3500, "invalid token"));
    }

    @Test
    void shouldTellATimeToLiveOf32BitsWhateverTheTokenSays() {
        // Given
        TestCarillon carillon = TestCarillon.with("", "");
        TestClient client = carillon.open();

        // When
        client.sends(Say.connect(carillon.tokens()
                .connection("alice")
                .claim("exp", RawJson.of("1e300"))
                .sign()));

        // Then
        String reply = client.received().getFirst();
        long ttl = Json.read(reply, JsonNode.class).at("/connect/ttl").asLong();
        assertThat(ttl).isBetween(1L, 0xFFFF_FFFFL);
    }
}
