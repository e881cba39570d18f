package io.carillon.local.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.config.Config;
import io.carillon.local.aws.sns.SentPush;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PushesPageTest {

    private final DevPages pages =
            new DevPages(Config.read("{\"client\":{\"allow_anonymous_connect_without_token\":true}}"));
    private PagesServer server;

    @BeforeEach
    void start() {
        server = PagesServer.start(pages);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shouldShowTheNewestFirstAsAPhoneShowsIt() {
        // Given
        pages.showPushes(() -> List.of(
                push("1", "GCM", "{\"fcmV1Message\":{\"message\":{\"notification\":{\"title\":\"First\"}}}}"),
                push("2", "APNS", "{\"aps\":{\"alert\":{\"title\":\"Second\",\"body\":\"there\"}}}"),
                push("3", "APNS", "{\"aps\":{\"alert\":\"Third\"}}")));

        // When
        String body = server.get("/dev/pushes").body();

        // Then
        assertThat(body).containsSubsequence("\"title\":\"Third\"", "\"title\":\"Second\"", "\"title\":\"First\"");
        assertThat(body).contains("\"body\":\"there\"", "\"platform\":\"GCM\"", "\"time\":1000");
    }

    @Test
    void shouldShowNothingWhenNothingWasSent() {
        assertThat(server.get("/dev/pushes").body()).isEqualTo("{\"pushes\":[]}");
    }

    @Test
    void shouldAnswerNoOtherPage() {
        assertThat(server.get("/dev/pushes", "Origin", "https://evil.example").statusCode())
                .isEqualTo(403);
    }

    private static SentPush push(String id, String platform, String payload) {
        return new SentPush(id, "arn", platform, "token", payload, Map.of(), Instant.ofEpochSecond(1));
    }
}
