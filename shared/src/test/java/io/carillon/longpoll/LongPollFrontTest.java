package io.carillon.longpoll;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.events.Json;
import io.carillon.events.aws.HttpAnswer;
import io.carillon.testing.Say;
import io.carillon.testing.TestCarillon;
import io.carillon.testing.TestClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LongPollFrontTest {

    private static final String PAGE = "https://app.example.com";
    private static final String NOBODY = "A".repeat(24);
    private static final String CHANNELS = """
            "namespaces":[{"name":"chat","history_size":100,"history_ttl":"60s","force_recovery":true,"presence":true,
             "allow_subscribe_for_client":true,"allow_publish_for_subscriber":true,
             "allow_presence_for_subscriber":true},
             {"name":"cursors","allow_subscribe_for_client":true}]""";

    private final TestCarillon carillon =
            TestCarillon.with("\"allowed_origins\":[\"https://*.example.com\"]", CHANNELS, Map.of(), """
            "frame_rate_limit":20""");

    @Test
    void shouldServeAConnectionLikeAnyOther() {
        // Given
        PollClient bob = connect("bob");
        TestClient alice = carillon.connect("alice");
        alice.sends(Say.subscribe(2, "chat:room"));
        alice.received();

        // When
        bob.send(Say.subscribe(2, "chat:room"));
        List<String> subscribed = bob.poll();
        alice.sends(Say.publish(3, "chat:room", "{\"n\":1}"));
        carillon.api("publish", "{\"channel\":\"chat:room\",\"data\":{\"n\":2}}");
        List<String> received = bob.poll();
        List<String> presence = bob.send("{\"id\":3,\"presence\":{\"channel\":\"chat:room\"}}");
        List<String> published = bob.send(Say.publish(4, "chat:room", "{\"n\":3}"));

        // Then
        assertThat(subscribed).singleElement().asString().startsWith("{\"id\":2,\"subscribe\":{");
        assertThat(received).hasSize(2);
        assertThat(received.get(0)).contains("{\"n\":1}", "\"offset\":1");
        assertThat(received.get(1)).contains("{\"n\":2}", "\"offset\":2");
        assertThat(presence).singleElement().asString().contains("\"user\":\"alice\"", "\"user\":\"bob\"");
        assertThat(published).containsExactly(Say.done(4, "publish"));
        assertThat(alice.received()).last().asString().contains("{\"n\":3}");
        assertThat(bob.poll()).singleElement().asString().contains("{\"n\":3}");
    }

    @Test
    void shouldAnswerConnectBeforeWhatWasPostedMeanwhile() {
        // Given
        PollClient client = open();

        // When
        JsonNode answer = client.exchange("send", Say.connect(token("bob")));

        // Then
        assertThat(answer.path("reply").asText()).startsWith("{\"id\":1,\"connect\":{\"client\":");
        assertThat(answer.has("messages")).isFalse();
    }

    @Test
    void shouldRepeatWhatWasNotAcknowledgedWithTheSameNumbers() {
        // Given
        PollClient bob = connect("bob");
        bob.send(Say.subscribe(2, "chat:room"));
        carillon.api("publish", "{\"channel\":\"chat:room\",\"data\":1}");

        // When
        JsonNode lost = bob.exchange("poll", "");
        carillon.api("publish", "{\"channel\":\"chat:room\",\"data\":2}");
        JsonNode repeated = bob.exchange("poll", "");

        // Then
        assertThat(lost.path("first").asLong()).isEqualTo(1);
        assertThat(repeated.path("first").asLong()).isEqualTo(1);
        assertThat(lost.path("messages")).hasSize(2);
        assertThat(repeated.path("messages")).hasSize(3);
        assertThat(repeated.path("messages").get(1))
                .isEqualTo(lost.path("messages").get(1));
    }

    @Test
    void shouldTellASlowClientToSubscribeAgainSoThatItMissesNothing() {
        // Given
        PollClient bob = connect("bob");
        bob.send(Say.subscribe(2, "chat:room"));
        bob.poll();
        String large = "\"" + "x".repeat(60_000) + "\"";

        // When
        for (int n = 0; n < 3; n++) {
            carillon.api("publish", "{\"channel\":\"chat:room\",\"data\":" + large + "}");
        }
        List<String> told = bob.poll();
        bob.send(Say.unsubscribe(3, "chat:room"));
        JsonNode position = Json.read(told.get(1), JsonNode.class).path("push").path("pub");
        bob.send(Say.subscribe(
                4,
                "chat:room",
                "\"recover\":true,\"epoch\":\"" + epoch() + "\",\"offset\":" + position.path("offset")));
        List<String> recovered = bob.poll();

        // Then
        assertThat(told).hasSize(3);
        assertThat(told.get(2)).isEqualTo(Say.unsubscribed("chat:room", 2500, "insufficient state"));
        assertThat(recovered).singleElement().asString().contains("\"recovered\":true", "\"offset\":3");
    }

    @Test
    void shouldGiveTheReasonAndThenSayClosedWhenTheServerEndsIt() {
        // Given
        PollClient bob = connect("bob");

        // When
        carillon.api("disconnect", "{\"user\":\"bob\"}");
        JsonNode answer = bob.exchange("poll", "");

        // Then
        assertThat(answer.path("messages").get(0).asText()).contains("\"code\":3503");
        assertThat(answer.path("closed").asBoolean()).isTrue();
        assertThat(carillon.connections().find(bob.id())).isEmpty();
    }

    @Test
    void shouldLeaveAtOnceWhenTheClientCloses() {
        // Given
        PollClient bob = connect("bob");
        bob.send(Say.subscribe(2, "chat:room"));

        // When
        HttpAnswer closed = bob.request("close", "");

        // Then
        assertThat(closed.statusCode()).isEqualTo(200);
        assertThat(carillon.api("presence_stats", "{\"channel\":\"chat:room\"}"))
                .contains("\"num_clients\":0");
        assertThat(bob.request("poll", "").statusCode()).isEqualTo(410);
        assertThat(bob.request("send", "{}").statusCode()).isEqualTo(410);
    }

    @Test
    void shouldBeForgottenWhenItStopsAsking() {
        // Given
        PollClient bob = connect("bob");
        bob.send(Say.subscribe(2, "chat:room"));

        // When
        carillon.pass(Outboxes.PATIENCE.plusMinutes(8));

        // Then
        assertThat(carillon.connections().find(bob.id())).isEmpty();
        assertThat(carillon.api("presence_stats", "{\"channel\":\"chat:room\"}"))
                .contains("\"num_clients\":0");
        assertThat(bob.request("poll", "").statusCode()).isEqualTo(410);
    }

    @Test
    void shouldPingInTimeAsLongAsItAsks() {
        // Given
        PollClient bob = connect("bob");
        List<String> received = new ArrayList<>();

        // When
        for (int minute = 0; minute < 16; minute++) {
            carillon.pass(Duration.ofMinutes(1));
            received.addAll(bob.poll());
        }

        // Then
        assertThat(received).hasSizeGreaterThanOrEqualTo(2).containsOnly("{}");
    }

    @Test
    void shouldEndOneThatNeverSaysWhoItIs() {
        // Given
        PollClient client = open();

        // When
        carillon.pass(Duration.ofMinutes(1));

        // Then: after a ping, if its random id has it pinged in this minute.
        JsonNode answer = client.exchange("poll", "");
        assertThat(answer.path("messages"))
                .last()
                .satisfies(end -> assertThat(end.asText()).contains("\"code\":3502"));
        assertThat(answer.path("closed").asBoolean()).isTrue();
    }

    @Test
    void shouldNotLetPagesInWhoseOriginIsNotAllowed() {
        // When
        HttpAnswer opened = carillon.longPoll("POST", path("open"), Map.of("origin", "https://evil.example"), "");
        HttpAnswer preflight = carillon.longPoll("OPTIONS", path("open"), Map.of("origin", "null"), "");

        // Then
        assertThat(opened.statusCode()).isEqualTo(403);
        assertThat(opened.headers()).doesNotContainKey("access-control-allow-origin");
        assertThat(preflight.statusCode()).isEqualTo(403);
        assertThat(carillon.connections().ids()).isEmpty();
    }

    @Test
    void shouldNameThePagesOriginOnEveryAnswerWhenItIsAllowed() {
        // When
        HttpAnswer opened = carillon.longPoll("POST", path("open"), Map.of("origin", PAGE), "");
        HttpAnswer preflight = carillon.longPoll("OPTIONS", path("poll"), Map.of("origin", PAGE), "");
        HttpAnswer ended = carillon.longPoll("POST", path("poll"), Map.of("origin", PAGE), session(NOBODY));

        // Then
        assertThat(opened.statusCode()).isEqualTo(200);
        assertThat(preflight.statusCode()).isEqualTo(204);
        assertThat(ended.statusCode()).isEqualTo(410);
        assertThat(List.of(opened, preflight, ended))
                .allSatisfy(answer -> assertThat(answer.headers())
                        .containsEntry("access-control-allow-origin", PAGE)
                        .containsEntry("vary", "origin")
                        .containsEntry("cache-control", "no-store"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "{\"session\":7}", "{\"session\":\"short\"}", "{\"ack\":\"1\"}", "{"})
    void shouldAnswer400WhenTheBodyIsNoRequest(String body) {
        assertThat(carillon.longPoll("POST", path("poll"), Map.of(), body).statusCode())
                .isEqualTo(400);
    }

    @Test
    void shouldKnowNoOtherPathsAndMethods() {
        assertThat(carillon.longPoll("POST", path("peek"), Map.of(), session(NOBODY))
                        .statusCode())
                .isEqualTo(404);
        assertThat(carillon.longPoll("POST", "/connection/other", Map.of(), "").statusCode())
                .isEqualTo(404);
        assertThat(carillon.longPoll("GET", path("poll"), Map.of(), "").statusCode())
                .isEqualTo(405);
    }

    @Test
    void shouldRefuseAFrameThatWebSocketWouldNotTake() {
        // Given
        PollClient bob = connect("bob");
        String fitting = Say.publish(2, "chat:room", "\"" + "\\\"".repeat(16_000) + "\"");

        // When
        HttpAnswer refused = bob.request("send", fitting + " ".repeat(33 * 1024 - fitting.length()));
        HttpAnswer taken = bob.request("send", fitting);

        // Then
        assertThat(refused.statusCode()).isEqualTo(413);
        assertThat(taken.statusCode()).isEqualTo(200);
    }

    @Test
    void shouldRefuseToBePolledTooOften() {
        // Given
        PollClient bob = connect("bob");

        // When
        for (int n = 0; n < 20; n++) {
            bob.poll();
        }
        HttpAnswer tooMany = bob.request("poll", "");
        carillon.clock().advance(Duration.ofSeconds(1));
        HttpAnswer later = bob.request("poll", "");

        // Then
        assertThat(tooMany.statusCode()).isEqualTo(429);
        assertThat(later.statusCode()).isEqualTo(200);
    }

    @Test
    void shouldKeepTheSecretOutOfTablesAndOfWhatIsPrinted() {
        // Given
        PollClient bob = connect("bob");

        // Then
        assertThat(bob.id()).startsWith("lp-").doesNotContain(bob.session);
        assertThat(carillon.connections().ids()).containsExactly(bob.id());
    }

    private String epoch() {
        JsonNode answer = Json.read(carillon.api("history", "{\"channel\":\"chat:room\"}"), JsonNode.class);
        return answer.path("result").path("epoch").asText();
    }

    private String token(String user) {
        return carillon.tokens().connection(user).sign();
    }

    private PollClient open() {
        HttpAnswer answer = carillon.longPoll("POST", path("open"), Map.of(), "");
        JsonNode opened = Json.read(answer.body(), JsonNode.class);
        assertThat(opened.path("minInterval").asLong()).isEqualTo(500);
        assertThat(opened.path("maxInterval").asLong()).isEqualTo(5_000);
        return new PollClient(opened.path("session").asText());
    }

    private PollClient connect(String user) {
        PollClient client = open();
        client.send(Say.connect(token(user)));
        return client;
    }

    private static String path(String action) {
        return LongPollFront.PATH + action;
    }

    private static String session(String session) {
        return "{\"session\":\"" + session + "\"}";
    }

    /** A client that acknowledges what {@link #send} and {@link #poll} bring, and not what {@link #exchange} does. */
    private final class PollClient {

        private final String session;
        private long ack;

        PollClient(String session) {
            this.session = session;
        }

        String id() {
            return PollSession.connection(session);
        }

        HttpAnswer request(String action, String frame) {
            String body = Json.write(Map.of("session", session, "ack", ack, "frame", frame));
            return carillon.longPoll("POST", path(action), Map.of(), body);
        }

        JsonNode exchange(String action, String frame) {
            HttpAnswer answer = request(action, frame);
            assertThat(answer.statusCode()).isEqualTo(200);
            return Json.read(answer.body(), JsonNode.class);
        }

        List<String> send(String frame) {
            return take(exchange("send", frame));
        }

        List<String> poll() {
            return take(exchange("poll", ""));
        }

        private List<String> take(JsonNode answer) {
            List<String> lines =
                    new ArrayList<>(answer.path("reply").asText().lines().toList());
            JsonNode messages = answer.path("messages");
            messages.forEach(message -> lines.addAll(message.asText().lines().toList()));
            if (!messages.isEmpty()) {
                ack = answer.path("first").asLong() + messages.size() - 1;
            }
            return lines;
        }
    }
}
