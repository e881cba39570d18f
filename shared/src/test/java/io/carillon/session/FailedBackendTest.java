package io.carillon.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.testing.Say;
import io.carillon.testing.TestCarillon;
import io.carillon.testing.TestClient;
import org.junit.jupiter.api.Test;

/** What clients get in place of the answer of a backend that fails, by {@code on_failure}. */
class FailedBackendTest {

    private static final String SUBSCRIBE = "https://backend.example/subscribe";
    private static final String PUBLISH = "https://backend.example/publish";
    private static final String RPC = "https://backend.example/rpc";
    private static final String COMMAND = "{\"id\":2,\"subscribe\":{\"channel\":\"chat:a\"}}";
    private static final String CALL = "{\"id\":2,\"rpc\":{\"method\":\"greet\"}}";

    @Test
    void shouldLetInWhenTheBackendIsDownAndThatIsAllowed() {
        // Given
        TestCarillon carillon = with("{\"allow\":true}", "{}");
        TestClient alice = carillon.connect("alice");
        carillon.backends().fail(SUBSCRIBE, 503);

        // When
        alice.sends(COMMAND);

        // Then
        assertThat(alice.received()).containsExactly("{\"id\":2,\"subscribe\":{}}");
    }

    @Test
    void shouldPublishWhatTheClientSentWhenTheBackendIsLeftAloneAndThatIsAllowed() {
        // Given
        TestCarillon carillon = with("{\"allow\":true}", "{}");
        TestClient alice = carillon.connect("alice");
        carillon.backends().fail(PUBLISH, 500);

        // When
        for (int i = 0; i < 8; i++) {
            alice.sends("{\"id\":2,\"publish\":{\"channel\":\"chat:a\",\"data\":1}}");
        }

        // Then: the fifth failure opened the circuit.
        assertThat(alice.received()).hasSize(8).containsOnly("{\"id\":2,\"publish\":{}}");
        assertThat(carillon.backends().asked()).hasSize(5);
    }

    @Test
    void shouldAllowNothingWhenTheBackendAnswersButNotWithAGrant() {
        // Given
        TestCarillon carillon = with("{\"allow\":true}", "{}");
        TestClient alice = carillon.connect("alice");

        // When
        carillon.backends().fail(SUBSCRIBE, 403);
        alice.sends(COMMAND);
        carillon.backends().answer(SUBSCRIBE, "<html>");
        alice.sends(COMMAND);
        carillon.backends().answer(SUBSCRIBE, "{\"result\":{\"info\":{},\"override\":1}}");
        alice.sends(COMMAND);

        // Then
        assertThat(alice.received()).hasSize(3).containsOnly(Say.temporary(2, 100, "internal server error"));
    }

    @Test
    void shouldAnswerTheConfiguredErrorWhetherTheBackendFailsOrIsLeftAlone() {
        // Given
        TestCarillon carillon =
                with("{}", "{\"to_error\":{\"code\":503,\"message\":\"closed for now\",\"temporary\":false}}");
        TestClient alice = carillon.connect("alice");

        // When
        carillon.backends().answer(RPC, "<html>");
        alice.sends(CALL);
        carillon.backends().fail(RPC, 500);
        for (int i = 0; i < 7; i++) {
            alice.sends(CALL);
        }

        // Then
        assertThat(alice.received()).hasSize(8).containsOnly(Say.error(2, 503, "closed for now"));
        assertThat(carillon.backends().asked()).hasSize(6);
    }

    @Test
    void shouldDisconnectWhenThatIsConfigured() {
        // Given
        TestCarillon carillon = with("{}", "{\"to_disconnect\":{\"code\":4000,\"reason\":\"come back later\"}}");
        TestClient alice = carillon.connect("alice");
        carillon.backends().fail(RPC, 500);

        // When
        alice.sends(CALL);

        // Then
        assertThat(alice.received().getLast()).contains("\"code\":4000", "come back later");
        assertThat(alice.isClosed()).isTrue();
    }

    private static TestCarillon with(String channels, String rpc) {
        return TestCarillon.with("", """
                "proxy":{"subscribe":{"endpoint":"%s","on_failure":%s},"publish":{"endpoint":"%s","on_failure":%s}},
                "namespaces":[{"name":"chat","subscribe_proxy_enabled":true,"publish_proxy_enabled":true}]""".formatted(SUBSCRIBE, channels, PUBLISH, channels), """
                "rpc":{"proxy":{"endpoint":"%s","on_failure":%s},"without_namespace":{"proxy_enabled":true}}""".formatted(RPC, rpc));
    }
}
