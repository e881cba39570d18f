package io.carillon.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.Carillon;
import io.carillon.config.Config;
import io.carillon.events.RawJson;
import io.carillon.events.aws.HttpAnswer;
import io.carillon.events.aws.HttpEvent;
import io.carillon.testing.Say;
import io.carillon.testing.TestCarillon;
import io.carillon.testing.TestClient;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AccessApiTest {

    private static final String DONE = "{\"result\":{}}";
    private static final String BLOCKED = Say.disconnect(3507, "permission denied");
    private static final String REVOKED = Say.disconnect(3500, "invalid token");

    private final TestCarillon carillon = TestCarillon.with("", "");

    @Test
    void shouldEndTheConnectionsOfABlockedUserAtOnceAndLetItInNoMore() {
        // Given
        TestClient laptop = carillon.connect("alice");
        TestClient phone = carillon.connect("alice");
        TestClient bob = carillon.connect("bob");

        // When
        String answer = carillon.api("block_user", "{\"user\":\"alice\"}");

        // Then
        assertThat(answer).isEqualTo(DONE);
        assertThat(laptop.received()).containsExactly(Say.disconnect(3503, "force disconnect"));
        assertThat(phone.received()).containsExactly(Say.disconnect(3503, "force disconnect"));
        assertThat(laptop.isClosed()).isTrue();
        assertThat(bob.received()).isEmpty();
        assertThat(bob.isClosed()).isFalse();
        TestClient again = carillon.open().sends(Say.connect(token("alice")));
        assertThat(again.received()).containsExactly(BLOCKED);
        assertThat(again.isClosed()).isTrue();
    }

    @Test
    void shouldLetAUserInAgainWhenUnblockedOrWhenTheBlockIsOver() {
        // Given
        long soon = carillon.clock().millis() / 1000 + 60;
        carillon.api("block_user", "{\"user\":\"alice\",\"expire_at\":" + soon + "}");
        carillon.api("block_user", "{\"user\":\"bob\"}");

        // When
        carillon.clock().advance(Duration.ofSeconds(60));
        String answer = carillon.api("unblock_user", "{\"user\":\"bob\"}");

        // Then
        assertThat(answer).isEqualTo(DONE);
        assertThat(carillon.connect("alice").isClosed()).isFalse();
        assertThat(carillon.connect("bob").isClosed()).isFalse();
    }

    @Test
    void shouldTakeEffectInEveryFunctionInstanceWhenOneWasTold() {
        // Given: another instance of the api function, which shares nothing but what is stored
        HttpFront another = new Carillon(
                        carillon.ports(),
                        Config.read("{\"client\":{\"insecure\":true},\"http_api\":{\"insecure\":true}}"))
                .httpFront();
        TestClient alice = carillon.connect("alice");

        // When
        HttpAnswer answer = another.answer(new HttpEvent(
                "POST",
                "/api/block_user",
                "/api/block_user",
                Map.of(),
                Map.of(),
                "{\"user\":\"alice\"}",
                true,
                "192.0.2.1",
                "r"));

        // Then
        assertThat(answer.body()).isEqualTo(DONE);
        assertThat(alice.isClosed()).isTrue();
        assertThat(carillon.open().sends(Say.connect(token("alice"))).received())
                .containsExactly(BLOCKED);
    }

    @Test
    void shouldRefuseWhatAConnectionSendsThatWasEndedByABlock() {
        // Given
        TestClient alice = carillon.connect("alice");
        carillon.api("block_user", "{\"user\":\"alice\"}");

        // When
        alice.received();
        alice.sends(Say.publish(2, "news", "1"));

        // Then
        assertThat(alice.received()).noneMatch(line -> line.contains("\"id\":2"));
        assertThat(carillon.connections().find(alice.id())).isEmpty();
    }

    @Test
    void shouldRevokeOneTokenOfAUserAndLeaveTheOthers() {
        // Given
        String lost = token("alice", "lost");
        TestClient thief = carillon.open().sends(Say.connect(lost));
        TestClient alice = carillon.open().sends(Say.connect(token("alice", "kept")));
        thief.received();
        alice.received();

        // When
        String answer = carillon.api("revoke_token", "{\"uid\":\"lost\"}");

        // Then
        assertThat(answer).isEqualTo(DONE);
        assertThat(thief.received()).containsExactly(REVOKED);
        assertThat(thief.isClosed()).isTrue();
        assertThat(alice.isClosed()).isFalse();
        assertThat(carillon.open().sends(Say.connect(lost)).received()).containsExactly(REVOKED);
    }

    @Test
    void shouldInvalidateOlderTokensOfAUserAndLeaveNewerOnes() {
        // Given
        String old = token("alice");
        TestClient before = carillon.open().sends(Say.connect(old));
        before.received();
        carillon.clock().advance(Duration.ofSeconds(10));
        TestClient after = carillon.connect("alice");

        // When: a client with a token of this very second stays, since iat counts whole seconds
        String answer = carillon.api("invalidate_user_tokens", "{\"user\":\"alice\"}");

        // Then
        assertThat(answer).isEqualTo(DONE);
        assertThat(before.received()).containsExactly(REVOKED);
        assertThat(after.isClosed()).isFalse();
        assertThat(carillon.open().sends(Say.connect(old)).received()).containsExactly(REVOKED);
        assertThat(carillon.connect("alice").isClosed()).isFalse();
    }

    @Test
    void shouldInvalidateUpToTheMomentThatIsNamed() {
        // Given
        TestClient alice = carillon.connect("alice");
        long issued = carillon.clock().millis() / 1000;

        // When / Then
        carillon.api("invalidate_user_tokens", "{\"user\":\"alice\",\"issued_before\":" + issued + "}");
        assertThat(alice.isClosed()).isFalse();
        carillon.api("invalidate_user_tokens", "{\"user\":\"alice\",\"issued_before\":" + (issued + 1) + "}");
        assertThat(alice.isClosed()).isTrue();
    }

    @Test
    void shouldRefuseARefreshWithARevokedToken() {
        // Given
        TestClient alice = carillon.connect("alice");
        carillon.api("revoke_token", "{\"uid\":\"lost\"}");

        // When
        alice.sends("{\"id\":2,\"refresh\":{\"token\":\"" + token("alice", "lost") + "\"}}");

        // Then
        assertThat(alice.received()).containsExactly(REVOKED);
        assertThat(alice.isClosed()).isTrue();
    }

    @Test
    void shouldFindAConnectionByTheTokenThatRefreshedIt() {
        // Given
        TestClient alice = carillon.connect("alice");
        alice.sends("{\"id\":2,\"refresh\":{\"token\":\"" + token("alice", "second") + "\"}}");
        alice.received();

        // When
        carillon.api("revoke_token", "{\"uid\":\"second\"}");

        // Then
        assertThat(alice.received()).containsExactly(REVOKED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "block_user             | {}                              | user is required",
                "unblock_user           | {}                              | user is required",
                "revoke_token           | {}                              | uid is required",
                "invalidate_user_tokens | {}                              | user is required",
                "block_user             | {\"user\":\"a\",\"expire_at\":1} | expire_at lies in the past",
                "revoke_token           | {\"uid\":\"a\",\"expire_at\":1}  | expire_at lies in the past",
                "invalidate_user_tokens | {\"user\":\"a\",\"expire_at\":1} | expire_at lies in the past",
                "invalidate_user_tokens | {\"user\":\"a\",\"channel\":\"c\"} | leave channel out",
            })
    void shouldSayWhatIsWrongWithARequest(String method, String body, String problem) {
        assertThat(carillon.api(method, body))
                .startsWith("{\"error\":{\"code\":107,")
                .contains(problem);
    }

    private String token(String user) {
        return carillon.tokens().connection(user).sign();
    }

    private String token(String user, String id) {
        return carillon.tokens()
                .connection(user)
                .claim("jti", RawJson.of("\"" + id + "\""))
                .sign();
    }
}
