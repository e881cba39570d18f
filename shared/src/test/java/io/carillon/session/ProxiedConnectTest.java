package io.carillon.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.fakes.FakeBackends.Asked;
import io.carillon.testing.Say;
import io.carillon.testing.TestCarillon;
import io.carillon.testing.TestClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProxiedConnectTest {

    private static final String CONNECT = "https://backend.example/connect";
    private static final String REFRESH = "https://backend.example/refresh";
    private static final String CHANNELS =
            "\"namespaces\":[{\"name\":\"news\",\"history_size\":10,\"history_ttl\":\"60s\",\"force_recovery\":true}]";

    private final TestCarillon carillon = TestCarillon.with("""
            "proxy":{"connect":{"enabled":true,"endpoint":"%s","emulated_headers":["Authorization"],
              "http":{"static_headers":{"X-Secret":"s","X-Unset":""},
                "status_to_code_transforms":[{"status_code":404,"to_error":{"code":404,"message":"who?"}},
                  {"status_code":403,"to_disconnect":{"code":4403,"reason":"go away"}}]}}}""".formatted(CONNECT), CHANNELS);

    @Test
    void shouldBeWhoTheBackendSaysWhenItAnswers() {
        // Given
        carillon.backends().answer(CONNECT, """
                {"result":{"user":"alice","info":{"n": 1.0},"data":{"hello":true},"meta":{"m":1},
                 "channels":["news:a"],"subs":{"news:b":{"data":{"d":1}}}}}""");
        TestClient client = carillon.open();

        // When
        client.sends("""
                {"id":1,"connect":{"data":{"q":1},"name":"js","version":"1","headers":{"authorization":"Bearer x","cookie":"y"}}}""");

        // Then
        String id = client.client();
        assertThat(client.received().getFirst())
                .contains("\"client\":\"" + id + "\"", "\"data\":{\"hello\":true}", "\"news:a\":{", "\"news:b\":{")
                .doesNotContain("expires");
        assertThat(carillon.row(client).user()).isEqualTo("alice");
        assertThat(carillon.row(client).info().text()).isEqualTo("{\"n\": 1.0}");
        assertThat(carillon.row(client).meta().text()).isEqualTo("{\"m\":1}");
        assertThat(carillon.backends().asked())
                .containsExactly(new Asked(
                        CONNECT,
                        "connect",
                        "{\"client\":\"%s\",\"transport\":\"websocket\",\"protocol\":\"json\",\"encoding\":\"json\",\"data\":{\"q\":1},\"name\":\"js\",\"version\":\"1\"}"
                                .formatted(id),
                        Map.of("authorization", "Bearer x", "x-secret", "s")));
    }

    @Test
    void shouldNotAskWhenThereIsAToken() {
        // When
        TestClient bob = carillon.connect("bob");

        // Then
        assertThat(carillon.row(bob).user()).isEqualTo("bob");
        assertThat(carillon.backends().asked()).isEmpty();
    }

    @Test
    void shouldSayWhatTheBackendSaysWhenItRefuses() {
        // Given
        TestClient client = carillon.open();
        carillon.backends().answer(CONNECT, "{\"error\":{\"code\":1000,\"message\":\"later\",\"temporary\":true}}");

        // When
        client.sends("{\"id\":1,\"connect\":{}}");

        // Then
        assertThat(client.received()).containsExactly(Say.temporary(1, 1000, "later"));
        assertThat(client.isClosed()).isFalse();
    }

    @Test
    void shouldEndTheConnectionWhenTheBackendSaysSo() {
        // Given
        TestClient client = carillon.open();
        carillon.backends().answer(CONNECT, "{\"disconnect\":{\"code\":4501,\"reason\":\"banned\"}}");

        // When
        client.sends("{\"id\":1,\"connect\":{}}");

        // Then
        assertThat(client.received().getLast()).contains("\"code\":4501", "banned");
        assertThat(client.isClosed()).isTrue();
    }

    @Test
    void shouldLetInNobodyWhenTheBackendSaysNothing() {
        // Given
        TestClient client = carillon.open();
        carillon.backends().answer(CONNECT, "{\"result\":null}");

        // When
        client.sends("{\"id\":1,\"connect\":{}}");

        // Then
        assertThat(client.received().getLast()).contains("\"code\":3501");
    }

    @Test
    void shouldAnswer100WhenTheBackendFailsOrTalksNonsense() {
        for (String answer : List.of(
                "<html>",
                "{\"result\":{\"user\":1}}",
                "{\"error\":{}}",
                "{\"disconnect\":{\"code\":1,\"reason\":\"x\"}}",
                "{\"disconnect\":{\"code\":3501}}",
                "{\"disconnect\":{\"code\":5000}}",
                "{\"disconnect\":{}}",
                "{\"result\":{\"user\":\"a\",\"subs\":{\"news:a\":{\"expire_at\":1}}}}")) {
            // Given
            TestClient client = carillon.open();
            carillon.backends().answer(CONNECT, answer);

            // When
            client.sends("{\"id\":1,\"connect\":{}}");

            // Then
            assertThat(client.received()).as(answer).containsExactly(Say.temporary(1, 100, "internal server error"));
        }
    }

    @Test
    void shouldTurnStatusCodesIntoWhatIsConfigured() {
        // Given
        TestClient lost = carillon.open();
        carillon.backends().fail(CONNECT, 404);

        // When
        lost.sends("{\"id\":1,\"connect\":{}}");
        carillon.backends().fail(CONNECT, 403);
        TestClient banned = carillon.open().sends("{\"id\":1,\"connect\":{}}");
        carillon.backends().fail(CONNECT, 402);
        TestClient other = carillon.open().sends("{\"id\":1,\"connect\":{}}");

        // Then
        assertThat(lost.received()).containsExactly(Say.error(1, 404, "who?"));
        assertThat(banned.received().getLast()).contains("4403", "go away");
        assertThat(other.received()).containsExactly(Say.temporary(1, 100, "internal server error"));
    }

    @Test
    void shouldLeaveABackendAloneWhenItKeepsFailing() {
        // When
        for (int i = 0; i < 8; i++) {
            carillon.open().sends("{\"id\":1,\"connect\":{}}");
        }

        // Then: the fifth failure opened the circuit.
        assertThat(carillon.backends().asked()).hasSize(5);
    }

    @Test
    void shouldNotLeaveABackendAloneWhenItRefusesRequests() {
        // Given
        carillon.backends().fail(CONNECT, 402);

        // When
        for (int i = 0; i < 8; i++) {
            carillon.open().sends("{\"id\":1,\"connect\":{}}");
        }

        // Then
        assertThat(carillon.backends().asked()).hasSize(8);
    }

    @Test
    void shouldAskWhetherAConnectionMayStayWhenItExpires() {
        // Given
        TestCarillon refreshing = refreshing();
        TestClient alice = expiring(refreshing);

        // When
        long later = refreshing.clock().millis() / 1000 + 600;
        refreshing.backends().answer(REFRESH, "{\"result\":{\"expire_at\":%d,\"info\":{\"v\":2}}}".formatted(later));
        refreshing.pass(Duration.ofMinutes(3));

        // Then
        assertThat(alice.isClosed()).isFalse();
        assertThat(refreshing.row(alice).expireAt()).isEqualTo(later);
        assertThat(refreshing.row(alice).info().text()).isEqualTo("{\"v\":2}");
        assertThat(refreshing.backends().asked())
                .singleElement()
                .satisfies(asked -> assertThat(asked.request())
                        .contains("\"user\":\"alice\"", "\"meta\":{\"m\":1}", "\"client\":\"" + alice.client() + "\""));
    }

    @Test
    void shouldEndAConnectionWhenTheBackendSaysThatItHasExpired() {
        // Given
        TestCarillon refreshing = refreshing();
        TestClient alice = expiring(refreshing);

        // When
        refreshing.backends().answer(REFRESH, "{\"result\":{\"expired\":true}}");
        refreshing.pass(Duration.ofMinutes(3));

        // Then
        assertThat(alice.isClosed()).isTrue();
        assertThat(alice.received().getLast()).contains("\"code\":3005");
    }

    @Test
    void shouldKeepAConnectionWhenTheBackendFails() {
        // Given
        TestCarillon refreshing = refreshing();
        TestClient alice = expiring(refreshing);

        // When
        refreshing.backends().fail(REFRESH, 500);
        refreshing.pass(Duration.ofMinutes(4));

        // Then
        assertThat(alice.isClosed()).isFalse();
        assertThat(refreshing.backends().asked()).hasSizeGreaterThan(1);
    }

    private static TestCarillon refreshing() {
        return TestCarillon.with("""
                "proxy":{"connect":{"enabled":true,"endpoint":"%s"},
                  "refresh":{"enabled":true,"endpoint":"%s","include_connection_meta":true}}""".formatted(CONNECT, REFRESH), "");
    }

    /** Connects a client that expires in a minute, and is not told so. */
    private static TestClient expiring(TestCarillon carillon) {
        long soon = carillon.clock().millis() / 1000 + 60;
        carillon.backends()
                .answer(
                        CONNECT,
                        "{\"result\":{\"user\":\"alice\",\"expire_at\":%d,\"meta\":{\"m\":1}}}".formatted(soon));
        TestClient client = carillon.open().sends("{\"id\":1,\"connect\":{}}");
        assertThat(client.received().getFirst()).doesNotContain("expires", "ttl");
        carillon.backends().asked();
        return client;
    }
}
