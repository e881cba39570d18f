package io.carillon.longpoll;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.events.Json;
import io.carillon.events.aws.HttpAnswer;
import io.carillon.testing.Say;
import io.carillon.testing.TestCarillon;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LongPollLimitsTest {

    private static final String PAGE = "https://app.example.com";

    private final TestCarillon carillon = TestCarillon.with("\"allowed_origins\":[\"" + PAGE + "\"]", "");

    @Test
    void shouldRefuseToBePolledTooOftenAlsoWhenFramesHaveNoLimit() {
        // Given
        String session = session(post("open", ""));
        for (int n = 0; n < 20; n++) {
            assertThat(post("poll", body(session)).statusCode()).isEqualTo(200);
        }

        // When
        HttpAnswer tooMany = post("poll", body(session));

        // Then
        assertThat(tooMany.statusCode()).isEqualTo(429);
        assertThat(post("poll", body(session(post("open", "")))).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldRefuseToOpenTooManyFromOneAddress() {
        // Given
        for (int n = 0; n < 10; n++) {
            assertThat(post("open", "").statusCode()).isEqualTo(200);
        }

        // When
        HttpAnswer tooMany = post("open", "");
        int opened = carillon.connections().ids().size();
        carillon.clock().advance(Duration.ofSeconds(1));
        HttpAnswer later = post("open", "");

        // Then
        assertThat(tooMany.statusCode()).isEqualTo(429);
        assertThat(tooMany.headers()).containsEntry("access-control-allow-origin", PAGE);
        assertThat(opened).isEqualTo(10);
        assertThat(later.statusCode()).isEqualTo(200);
    }

    @Test
    void shouldOpenAnyNumberWhenTheLimitIsZero() {
        // Given
        TestCarillon unlimited = TestCarillon.with("", "", Map.of(), "\"long_poll_open_limit\":0");

        // When
        for (int n = 0; n < 50; n++) {
            unlimited.longPoll("POST", LongPollFront.PATH + "open", Map.of(), "");
        }

        // Then
        assertThat(unlimited.connections().ids()).hasSize(50);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"session\":\"%s\"}", "{\"session\":\"%s\",\"frame\":\"\"}"})
    void shouldRefuseToSendNothingAndKeepTheConnection(String body) {
        // Given
        String session = session(post("open", ""));
        String connect = Say.connect(carillon.tokens().connection("bob").sign());
        post("send", Json.write(Map.of("session", session, "frame", connect)));

        // When
        HttpAnswer refused = post("send", body.formatted(session));

        // Then
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(post("poll", body(session)).body()).isEqualTo("{}");
    }

    private HttpAnswer post(String action, String body) {
        return carillon.longPoll("POST", LongPollFront.PATH + action, Map.of("origin", PAGE), body);
    }

    private static String session(HttpAnswer opened) {
        return Json.read(opened.body(), JsonNode.class).path("session").asText();
    }

    private static String body(String session) {
        return "{\"session\":\"" + session + "\"}";
    }
}
