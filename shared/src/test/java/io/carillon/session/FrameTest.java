package io.carillon.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.testing.Say;
import io.carillon.testing.TestCarillon;
import io.carillon.testing.TestClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FrameTest {

    private static final String BAD_REQUEST = Say.disconnect(3501, "bad request");
    private static final String CHANNELS = """
            "without_namespace":{"allow_publish_for_client":true,"allow_history_for_client":true,
             "history_size":300,"history_ttl":"60s"}""";

    private final TestCarillon carillon = TestCarillon.with("", CHANNELS);

    @Test
    void shouldSayNothingToAPong() {
        // Given
        TestClient client = carillon.connect("alice");

        // When
        client.sends("{}").sends("{}", "{}", "");

        // Then
        assertThat(client.received()).isEmpty();
        assertThat(client.isClosed()).isFalse();
    }

    @Test
    void shouldSayNothingToAPongBeforeConnect() {
        // Given
        TestClient client = carillon.open();

        // When
        client.sends("{}");

        // Then
        assertThat(client.frames()).isEmpty();
        assertThat(client.isClosed()).isFalse();
    }

    @Test
    void shouldAnswerTheCommandsOfAFrameInOrderInOneFrame() {
        // Given
        TestClient client = carillon.connect("alice");

        // When
        client.sends(
                Say.publish(2, "news", "1"),
                Say.publish(3, "news:x", "1"),
                "{}",
                Say.publish(4, "news", "2"),
                "{\"id\":5,\"history\":{\"channel\":\"news\"}}");

        // Then
        assertThat(client.frames().getLast().lines()).hasSize(4);
        assertThat(client.received())
                .containsExactly(
                        Say.done(2, "publish"),
                        Say.error(3, 102, "unknown channel"),
                        Say.done(4, "publish"),
                        "{\"id\":5,\"history\":{\"publications\":[],\"epoch\":\"epoch1\",\"offset\":2}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":3,\"dance\":{}}",
                "{\"id\":3,\"ping\":{}}",
                "{\"id\":3}",
                "{\"publish\":{\"channel\":\"news\",\"data\":1}}",
                "{\"id\":0,\"history\":{\"channel\":\"news\"}}",
                "{\"id\":3,\"publish\":{\"channel\":\"news\"",
                "not json",
                "[]",
                "{\"id\":-1,\"rpc\":{}}",
                "{\"id\":3,\"publish\":{\"channel\":\"\",\"data\":1}}",
                "{\"id\":3,\"subscribe\":{}}",
                "{\"id\":3,\"unsubscribe\":{}}",
                "{\"id\":3,\"history\":{}}",
                "{\"id\":3,\"presence\":{}}",
                "{\"id\":3,\"presence_stats\":{}}",
                "{\"id\":3,\"refresh\":{}}",
                "{\"id\":3,\"sub_refresh\":{}}"
            })
    void shouldDisconnectWith3501AfterTheRepliesThatCameBefore(String bad) {
        // Given
        TestClient client = carillon.connect("alice");

        // When
        client.sends(Say.publish(2, "news", "1"), bad, Say.publish(4, "news", "2"));

        // Then
        assertThat(client.received()).containsExactly(Say.done(2, "publish"), BAD_REQUEST);
        assertThat(client.isClosed()).isTrue();
        assertThat(carillon.api("history", "{\"channel\":\"news\"}")).contains("\"offset\":1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "null"})
    void shouldDisconnectWith3501WhenAFrameHoldsNoCommand(String frame) {
        // Given
        TestClient client = carillon.connect("alice");

        // When
        client.sends(frame);

        // Then
        assertThat(client.received()).containsExactly(BAD_REQUEST);
    }

    @Test
    void shouldDisconnectWith3508WhenSentAMessage() {
        // Given
        TestClient client = carillon.connect("alice");

        // When
        client.sends("{\"send\":{\"data\":1}}");

        // Then
        assertThat(client.received()).containsExactly(Say.disconnect(3508, "not available"));
    }

    @Test
    void shouldAnswerTemporaryError100AfterAWaitWhenNotConnectedYet() {
        // Given
        TestClient client = carillon.open();

        // When
        client.sends(Say.subscribe(2, "news"), Say.publish(3, "news", "1"));

        // Then
        assertThat(client.received())
                .containsExactly(
                        Say.temporary(2, 100, "internal server error"), Say.temporary(3, 100, "internal server error"));
        assertThat(client.isClosed()).isFalse();
    }

    @Test
    void shouldWaitForTheConnectCommandOfAFrameThatIsBehind() throws Exception {
        // Given
        TestClient client = carillon.open();
        FrameHandler frames = carillon.carillon().frameHandler();
        String connect = Say.connect(carillon.tokens().connection("alice").sign());
        Thread late = Thread.ofVirtual().unstarted(() -> frames.handle(client.id(), connect));

        // When
        late.start();
        String answer = frames.handle(client.id(), Say.publish(2, "news", "1"));
        late.join();

        // Then
        assertThat(answer).isEqualTo(Say.done(2, "publish"));
    }

    @Test
    void shouldMakeAClientReconnectWhoseRowIsGone() {
        // Given
        TestClient client = carillon.connect("alice");
        carillon.connections().close(client.id());

        // When
        client.sends(Say.publish(2, "news", "1"));

        // Then
        assertThat(client.received()).containsExactly(Say.disconnect(3010, "insufficient state"));
        assertThat(client.isClosed()).isTrue();
    }

    @Test
    void shouldSpreadRepliesOverMessagesThatApiGatewayTakes() {
        // Given
        TestClient client = carillon.connect("alice");
        String large = "\"" + "x".repeat(60_000) + "\"";
        IntStream.rangeClosed(2, 4).forEach(id -> client.sends(Say.publish(id, "news", large)));
        client.received();
        int before = client.frames().size();

        // When
        client.sends(
                "{\"id\":5,\"history\":{\"channel\":\"news\",\"limit\":2}}",
                "{\"id\":6,\"history\":{\"channel\":\"news\",\"limit\":2}}",
                Say.publish(7, "news", "1"));

        // Then
        List<String> frames = client.frames().subList(before, client.frames().size());
        assertThat(frames)
                .hasSize(2)
                .allSatisfy(frame -> assertThat(frame.getBytes(StandardCharsets.UTF_8).length)
                        .isLessThanOrEqualTo(128 * 1024));
        assertThat(client.received())
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("{\"id\":5,"),
                        second -> assertThat(second).startsWith("{\"id\":6,"),
                        third -> assertThat(third).isEqualTo(Say.done(7, "publish")));
    }

    @Test
    void shouldNeverAnswerWithAnEmptyFrame() {
        // Given
        TestClient client = carillon.connect("alice");

        // When
        client.sends(Say.unsubscribe(2, "news"), "{}").sends("{}").sends(Say.publish(3, "news", "1"));

        // Then
        assertThat(client.frames()).isNotEmpty().doesNotContain("", "\n");
    }
}
