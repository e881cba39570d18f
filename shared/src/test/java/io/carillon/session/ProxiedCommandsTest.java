package io.carillon.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.fakes.FakeBackends.Asked;
import io.carillon.testing.Say;
import io.carillon.testing.TestCarillon;
import io.carillon.testing.TestClient;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProxiedCommandsTest {

    private static final String SUBSCRIBE = "https://backend.example/subscribe";
    private static final String PUBLISH = "arn:aws:lambda:eu-west-1:123456789012:function:publish";
    private static final String SUB_REFRESH = "https://backend.example/sub_refresh";
    private static final String RPC = "https://backend.example/rpc";

    private static final String CHANNEL = """
            "proxy":{"subscribe":{"endpoint":"%s"},"sub_refresh":{"endpoint":"%s"}},
            "namespaces":[
              {"name":"chat","history_size":10,"history_ttl":"60s","allow_recovery":true,"presence":true,
               "allow_user_limited_channels":true,
               "subscribe_proxy_enabled":true,"sub_refresh_proxy_enabled":true,
               "publish_proxy_enabled":true,"publish_proxy_name":"publisher","allow_history_for_client":true}]""".formatted(SUBSCRIBE, SUB_REFRESH);

    private static final String TOP = """
            "proxies":[{"name":"publisher","endpoint":"%s"}],
            "rpc":{"proxy":{"endpoint":"%s","include_connection_meta":true},
              "namespaces":[{"name":"math","proxy_enabled":true},{"name":"off"}]}""".formatted(PUBLISH, RPC);

    private final TestCarillon carillon = TestCarillon.with("", CHANNEL, TOP);
    private final TestClient alice = carillon.connect("alice");

    @Test
    void shouldSubscribeWhomTheBackendLetsIn() {
        // Given
        carillon.backends().answer(SUBSCRIBE, """
                {"result":{"info":{"role":"x"},"data":{"d":1},"override":{"force_recovery":{"value":true},"presence":{"value":false}}}}""");

        // When
        alice.sends("{\"id\":2,\"subscribe\":{\"channel\":\"chat:a\",\"data\":{\"k\":1},\"positioned\":true}}");

        // Then
        assertThat(alice.received())
                .singleElement()
                .satisfies(line -> assertThat(line).contains("\"recoverable\":true", "\"data\":{\"d\":1}"));
        assertThat(carillon.backends().asked())
                .containsExactly(new Asked(
                        SUBSCRIBE,
                        "subscribe",
                        "{\"client\":\"%s\",\"transport\":\"websocket\",\"protocol\":\"json\",\"encoding\":\"json\",\"user\":\"alice\",\"channel\":\"chat:a\",\"data\":{\"k\":1}}"
                                .formatted(alice.client()),
                        Map.of()));
        assertThat(carillon.api("presence", "{\"channel\":\"chat:a\"}")).doesNotContain("alice");
    }

    @Test
    void shouldNotGrantWhatOnlyTheClientAsksForWhenTheBackendDecides() {
        // Given
        carillon.backends().answer(SUBSCRIBE, "{\"result\":{}}");

        // When
        alice.sends("{\"id\":2,\"subscribe\":{\"channel\":\"chat:a\",\"recoverable\":true}}");

        // Then
        assertThat(alice.received()).containsExactly("{\"id\":2,\"subscribe\":{}}");
    }

    @Test
    void shouldRefuseWhomTheBackendRefuses() {
        // Given
        carillon.backends().answer(SUBSCRIBE, "{\"error\":{\"code\":403,\"message\":\"not yours\"}}");

        // When
        alice.sends("{\"id\":2,\"subscribe\":{\"channel\":\"chat:a\"}}");

        // Then
        assertThat(alice.received()).containsExactly(Say.error(2, 403, "not yours"));
    }

    @Test
    void shouldAnswerEachForItselfWhenOneFrameHasMany() {
        // Given
        carillon.backends().answer(SUBSCRIBE, "{\"result\":{}}");

        // When
        alice.sends(IntStream.range(2, 42)
                .mapToObj("{\"id\":%1$d,\"subscribe\":{\"channel\":\"chat:%1$d\"}}"::formatted)
                .toArray(String[]::new));

        // Then
        assertThat(alice.received()).hasSize(40).allMatch(line -> line.endsWith("\"subscribe\":{}}"));
        assertThat(carillon.backends().asked()).hasSize(40);
    }

    @Test
    void shouldNotAskWhenTheNameDecides() {
        // When
        alice.sends(
                "{\"id\":2,\"subscribe\":{\"channel\":\"chat:a#alice\"}}",
                "{\"id\":3,\"subscribe\":{\"channel\":\"chat:a#bob\"}}",
                "{\"id\":4,\"subscribe\":{\"channel\":\"$chat:a\"}}");

        // Then
        assertThat(alice.received())
                .containsExactlyInAnyOrder(
                        "{\"id\":2,\"subscribe\":{}}",
                        Say.error(3, 103, "permission denied"),
                        Say.error(4, 103, "permission denied"));
        assertThat(carillon.backends().asked()).isEmpty();
    }

    @Test
    void shouldRenewASubscriptionWhenTheBackendSaysSo() {
        // Given
        long soon = carillon.clock().millis() / 1000 + 60;
        carillon.backends().answer(SUBSCRIBE, "{\"result\":{\"expire_at\":%d}}".formatted(soon));
        alice.sends("{\"id\":2,\"subscribe\":{\"channel\":\"chat:a\"}}");
        assertThat(alice.received()).containsExactly("{\"id\":2,\"subscribe\":{}}");

        // When
        carillon.backends().answer(SUB_REFRESH, "{\"result\":{\"expire_at\":%d}}".formatted(soon + 300));
        carillon.pass(Duration.ofMinutes(3));
        boolean kept = carillon.row(alice).isSubscribedTo(Set.of("chat:a"));
        carillon.backends().answer(SUB_REFRESH, "{\"result\":{\"expired\":true}}");
        carillon.pass(Duration.ofMinutes(6));

        // Then
        assertThat(kept).isTrue();
        assertThat(alice.received()).anyMatch(line -> line.contains("\"unsubscribe\":{\"code\":2501"));
    }

    @Test
    void shouldPublishWhatTheBackendSettles() {
        // Given
        carillon.backends().answer(PUBLISH, "{\"result\":{\"data\":{\"clean\":1},\"tags\":{\"t\":\"v\"}}}");

        // When
        alice.sends("{\"id\":2,\"publish\":{\"channel\":\"chat:a\",\"data\":{\"dirty\":1}}}");

        // Then
        assertThat(alice.received()).containsExactly("{\"id\":2,\"publish\":{}}");
        assertThat(carillon.api("history", "{\"channel\":\"chat:a\",\"limit\":1}"))
                .contains("\"data\":{\"clean\":1}", "\"tags\":{\"t\":\"v\"}", "\"user\":\"alice\"");
        assertThat(carillon.backends().asked())
                .singleElement()
                .satisfies(asked -> assertThat(asked.request()).contains("\"data\":{\"dirty\":1}"));
    }

    @Test
    void shouldPublishAsSentOrNotAtAllWhenTheBackendSaysNoMore() {
        // When
        carillon.backends().answer(PUBLISH, "{}");
        alice.sends("{\"id\":2,\"publish\":{\"channel\":\"chat:a\",\"data\":[1]}}");
        carillon.backends().answer(PUBLISH, "{\"result\":{\"skip_history\":true}}");
        alice.sends("{\"id\":3,\"publish\":{\"channel\":\"chat:a\",\"data\":[2]}}");
        carillon.backends().answer(PUBLISH, "{\"result\":{\"version\":7}}");
        alice.sends("{\"id\":4,\"publish\":{\"channel\":\"chat:a\",\"data\":[3]}}");

        // Then
        assertThat(alice.received())
                .containsExactly(
                        "{\"id\":2,\"publish\":{}}",
                        "{\"id\":3,\"publish\":{}}",
                        Say.temporary(4, 100, "internal server error"));
        assertThat(carillon.api("history", "{\"channel\":\"chat:a\",\"limit\":9}"))
                .contains("\"data\":[1]")
                .doesNotContain("[2]", "[3]");
    }

    @Test
    void shouldAnswerRpcByNamespace() {
        // Given
        carillon.backends().answer(RPC, "{\"result\":{\"data\":{\"sum\":3}}}");

        // When
        alice.sends(
                "{\"id\":2,\"rpc\":{\"method\":\"math:sum\",\"data\":[1,2]}}",
                "{\"id\":3,\"rpc\":{\"method\":\"off:x\"}}",
                "{\"id\":4,\"rpc\":{\"method\":\"none:x\"}}",
                "{\"id\":5,\"rpc\":{\"method\":\"plain\"}}");

        // Then
        assertThat(alice.received())
                .containsExactly(
                        "{\"id\":2,\"rpc\":{\"data\":{\"sum\":3}}}",
                        Say.error(3, 108, "not available"),
                        Say.error(4, 104, "method not found"),
                        Say.error(5, 108, "not available"));
    }
}
