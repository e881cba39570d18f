package io.carillon.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.events.aws.HttpAnswer;
import io.carillon.testing.Say;
import io.carillon.testing.TestCarillon;
import io.carillon.testing.TestClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ApiLimitsTest {

    private static final String CHANNELS = "\"without_namespace\":{\"allow_publish_for_client\":true}";
    private static final String TOO_MANY = "{\"code\":111,\"message\":\"too many requests\"}";

    @Test
    void shouldAnswerWith111WhenThereAreMoreRequestsThanAllowed() {
        // Given
        TestCarillon carillon = TestCarillon.with("", CHANNELS, Map.of(), "\"api_rate_limit\":2");
        publish(carillon, Map.of());
        publish(carillon, Map.of());

        // When
        HttpAnswer refused = publish(carillon, Map.of());
        HttpAnswer asStatus = publish(carillon, Map.of("x-centrifugo-error-mode", "transport"));
        carillon.clock().advance(Duration.ofSeconds(1));
        HttpAnswer later = publish(carillon, Map.of());

        // Then
        assertThat(refused.statusCode()).isEqualTo(200);
        assertThat(refused.body()).isEqualTo("{\"error\":" + TOO_MANY + "}");
        assertThat(asStatus.statusCode()).isEqualTo(429);
        assertThat(asStatus.body()).isEqualTo(TOO_MANY);
        assertThat(later.body()).isEqualTo("{\"result\":{}}");
    }

    @Test
    void shouldNotCountRequestsWithoutTheKey() {
        // Given
        TestCarillon carillon = TestCarillon.with("", CHANNELS, Map.of(), "\"api_rate_limit\":1");

        // When
        for (int i = 0; i < 10; i++) {
            carillon.http("/api/publish", Map.of("x-api-key", "wrong"), Map.of(), "{}");
        }

        // Then
        assertThat(publish(carillon, Map.of()).body()).isEqualTo("{\"result\":{}}");
    }

    @Test
    void shouldAnswer413ToABodyThatIsLargerThanAllowed() {
        // Given
        TestCarillon carillon = TestCarillon.with("", CHANNELS, Map.of(), "\"api_body_limit\":1024");
        String padding = " ".repeat(1024 - "{\"channel\":\"news\",\"data\":1}".length());

        // When
        HttpAnswer largest = publish(carillon, Map.of(), padding);
        HttpAnswer larger = publish(carillon, Map.of(), padding + " ");

        // Then
        assertThat(largest.statusCode()).isEqualTo(200);
        assertThat(larger.statusCode()).isEqualTo(413);
        assertThat(larger.body())
                .isEqualTo(
                        "{\"code\":106,\"message\":\"limit exceeded: the body is larger than carillon.api_body_limit,"
                                + " 1024 bytes\"}");
    }

    @Test
    void shouldGiveLongHistoriesInPagesAndRefuseWhatLambdaDoesNotPassOn() {
        // Given
        TestCarillon carillon = TestCarillon.with(
                "", "\"namespaces\":[{\"name\":\"log\",\"history_size\":100,\"history_ttl\":\"60s\"}]");
        String large = "\"" + "\\\"".repeat(60_000) + "\"";
        for (int i = 0; i < 25; i++) {
            carillon.api("publish", "{\"channel\":\"log:1\",\"data\":" + large + "}");
        }
        String history = "{\"channel\":\"log:1\",\"limit\":-1}";

        // When
        String page = carillon.api("history", history);
        String rest = carillon.api("history", "{\"channel\":\"log:1\",\"limit\":-1,\"since\":{\"offset\":20}}");
        HttpAnswer batch = carillon.http(
                "/api/batch",
                Map.of("x-api-key", TestCarillon.KEY),
                Map.of(),
                "{\"commands\":[{\"history\":%1$s},{\"history\":%1$s},{\"info\":{}}]}".formatted(history));

        // Then
        assertThat(page)
                .contains("\"offset\":20}")
                .doesNotContain("\"offset\":21")
                .endsWith("\"offset\":25}}");
        assertThat(rest).contains("\"offset\":21").contains("\"offset\":24");
        assertThat(batch.write().length()).isLessThan(6_291_556);
        assertThat(batch.body())
                .startsWith("{\"replies\":[{\"history\":")
                .contains("},{\"error\":{\"code\":106,\"message\":\"limit exceeded: the answer")
                .contains("},{\"info\":");
    }

    @Test
    void shouldRefuseWith106APublicationLargerThanAllowed() {
        // Given
        TestCarillon carillon = TestCarillon.with("", CHANNELS, Map.of(), "\"publication_size_limit\":300");
        TestClient alice = carillon.connect("alice");
        String large = "\"" + "x".repeat(300) + "\"";

        // When
        alice.sends(Say.publish(2, "news", "1")).sends(Say.publish(3, "news", large));
        String answer = carillon.api("publish", "{\"channel\":\"news\",\"data\":" + large + "}");

        // Then
        assertThat(alice.received()).containsExactly(Say.done(2, "publish"), Say.error(3, 106, "limit exceeded"));
        assertThat(answer).isEqualTo("{\"error\":{\"code\":106,\"message\":\"limit exceeded\"}}");
    }

    private static HttpAnswer publish(TestCarillon carillon, Map<String, String> headers) {
        return publish(carillon, headers, "");
    }

    private static HttpAnswer publish(TestCarillon carillon, Map<String, String> headers, String padding) {
        Map<String, String> all = new HashMap<>(headers);
        all.put("x-api-key", TestCarillon.KEY);
        return carillon.http("/api/publish", all, Map.of(), "{\"channel\":\"news\",\"data\":1}" + padding);
    }
}
