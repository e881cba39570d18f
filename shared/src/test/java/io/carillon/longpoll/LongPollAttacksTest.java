package io.carillon.longpoll;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.events.Json;
import io.carillon.events.aws.HttpAnswer;
import io.carillon.testing.Say;
import io.carillon.testing.TestCarillon;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What somebody who wishes no good gets; each test is named after the attack. */
class LongPollAttacksTest {

    private static final int RATE = 20;

    private final TestCarillon carillon =
            TestCarillon.with("\"allowed_origins\":[\"https://*.example.com\"]", """
            "namespaces":[{"name":"chat","history_size":100,"history_ttl":"60s","force_recovery":true,
             "allow_subscribe_for_client":true,"allow_publish_for_subscriber":true}]""", Map.of(), """
            "frame_rate_limit":20""");

    private HttpAnswer post(String action, String session, long ack, String frame) {
        String body = Json.write(Map.of("session", session, "ack", ack, "frame", frame));
        return carillon.longPoll("POST", LongPollFront.PATH + action, Map.of(), body);
    }

    private String open() {
        HttpAnswer answer = carillon.longPoll("POST", LongPollFront.PATH + "open", Map.of(), "");
        return Json.read(answer.body(), JsonNode.class).path("session").asText();
    }

    private String connect(String user) {
        String session = open();
        assertThat(post(
                                "send",
                                session,
                                0,
                                Say.connect(carillon.tokens().connection(user).sign()) + "\n"
                                        + Say.subscribe(2, "chat:room"))
                        .statusCode())
                .isEqualTo(200);
        return session;
    }

    private static String messages(HttpAnswer answer) {
        return Json.read(answer.body(), JsonNode.class).path("messages").toString();
    }

    @Test
    void shouldGiveNothingForTheConnectionIdOfAnother() {
        // Given somebody who has read an id in a log or in a table
        String id = PollSession.connection(connect("alice"));

        // When / Then
        assertThat(post("poll", id, 0, "").statusCode()).isEqualTo(400);
        assertThat(post("poll", id.substring(PollSession.PREFIX.length()), 0, "")
                        .statusCode())
                .isEqualTo(410);
        assertThat(post("close", id.substring(PollSession.PREFIX.length()), 0, "")
                        .statusCode())
                .isEqualTo(200);
        assertThat(carillon.connections().find(id)).isPresent();
    }

    @Test
    void shouldTakeASessionThatWasGuessedForOneThatHasEnded() {
        // Given
        String session = connect("alice");
        String guessed = (session.startsWith("A") ? "B" : "A") + session.substring(1);

        // When / Then
        for (String action : new String[] {"poll", "send"}) {
            assertThat(post(action, guessed, 0, "{\"id\":1,\"ping\":{}}").statusCode())
                    .isEqualTo(410);
        }
    }

    @Test
    void shouldRefuseASendThatIsReplayedAfterTheEnd() {
        // Given
        String session = connect("alice");
        String frame = Say.publish(3, "chat:room", "\"pay\"");
        post("send", session, 0, frame);
        post("close", session, 0, "");

        // When
        HttpAnswer replayed = post("send", session, 0, frame);

        // Then
        assertThat(replayed.statusCode()).isEqualTo(410);
        assertThat(carillon.api("history", "{\"channel\":\"chat:room\",\"limit\":10}"))
                .containsOnlyOnce("\"pay\"");
    }

    @Test
    void shouldRefuseAConnectThatIsReplayedInALiveSession() {
        // Given
        String session = connect("alice");

        // When
        HttpAnswer replayed = post(
                "send",
                session,
                0,
                Say.connect(carillon.tokens().connection("mallory").sign()));

        // Then
        assertThat(replayed.body() + post("poll", session, 0, "").body()).contains("3501");
    }

    @Test
    void shouldDropNothingThatWasNeverGivenWhenTheAckIsMadeUp() {
        // Given
        String session = connect("alice");
        carillon.api("publish", "{\"channel\":\"chat:room\",\"data\":1}");

        // When
        String atOnce = messages(post("poll", session, -5, ""));
        post("poll", session, Long.MAX_VALUE, "");
        carillon.api("publish", "{\"channel\":\"chat:room\",\"data\":2}");

        // Then: who says to have received what it has not hurts itself, and its numbers go on
        assertThat(atOnce).contains("\\\"data\\\":1");
        HttpAnswer after = post("poll", session, 0, "");
        assertThat(messages(after)).contains("\\\"data\\\":2");
    }

    @Test
    void shouldRefuseAnOversizeBodyBeforeReadingIt() {
        assertThat(carillon.longPoll(
                                "POST", LongPollFront.PATH + "send", Map.of(), "{\"session\":\"" + "x".repeat(300_000))
                        .statusCode())
                .isEqualTo(413);
    }

    @Test
    void shouldRefuseAFloodOfPollsAndLetItsNeighbourBe() {
        // Given
        String flooding = connect("mallory");
        String neighbour = connect("alice");

        // When
        int refused = 0;
        for (int n = 0; n < 3 * RATE; n++) {
            refused += post("poll", flooding, 0, "").statusCode() == 429 ? 1 : 0;
        }

        // Then
        assertThat(refused).isGreaterThanOrEqualTo(RATE);
        assertThat(post("poll", neighbour, 0, "").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldBoundWhatASlowReaderMakesWaitAndLetItsNeighbourBe() {
        // Given
        String slow = connect("mallory");
        String neighbour = connect("alice");
        long ack = 0;

        // When
        for (int n = 1; n <= 10; n++) {
            carillon.api("publish", "{\"channel\":\"chat:room\",\"data\":\"" + "x".repeat(40_000) + "\"}");
            JsonNode got = Json.read(post("poll", neighbour, ack, "").body(), JsonNode.class);
            assertThat(got.path("messages").toString()).contains("\\\"offset\\\":" + n);
            ack = got.path("first").asLong() + got.path("messages").size() - 1;
        }

        // Then
        String waiting = messages(post("poll", slow, 0, ""));
        assertThat(waiting.length()).isLessThan(Outboxes.CAPACITY + 10_000);
        assertThat(waiting).contains("2500");
    }
}
