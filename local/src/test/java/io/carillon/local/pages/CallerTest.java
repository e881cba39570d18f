package io.carillon.local.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.config.Config;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks on the secrets that the development pages give out. */
class CallerTest {

    private static final String TOKEN = "/dev/token?user=alice";

    private final PagesServer server = PagesServer.start(new DevPages(
            Config.read("{\"client\":{\"token\":{\"hmac_secret_key\":\"a secret\"}},\"http_api\":{\"key\":\"a key\"}}"),
            Optional.empty(),
            InstantSource.system()));

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shouldGiveTokenToProgramThatIsNoBrowser() {
        assertThat(server.get(TOKEN).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"same-origin", "none"})
    void shouldGiveTokenToThePageItselfAndToTheAddressBar(String site) {
        assertThat(server.get(TOKEN, "Sec-Fetch-Site", site).statusCode()).isEqualTo(200);
    }

    @Test
    void shouldGiveTokenWhenOriginIsOurs() {
        assertThat(server.get(TOKEN, "Origin", "http://" + server.authority()).statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({"/dev/token?user=alice, cross-site", "/dev/token?user=alice, same-site", "/dev/config, cross-site"})
    void shouldRefuseForeignPageThatFetchesToken(String path, String site) {
        // When
        HttpResponse<String> answer = server.get(path, "Sec-Fetch-Site", site);

        // Then
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("from another page").doesNotContain("ey");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "null", "http://localhost:1", "http://localhost", "file://"})
    void shouldRefuseForeignOriginWhenBrowserSendsNoFetchMetadata(String origin) {
        assertThat(server.get(TOKEN, "Origin", origin).statusCode()).isEqualTo(403);
    }

    @Test
    void shouldRefuseForeignOriginEvenWhenItClaimsToBeTheSame() {
        assertThat(server.get(TOKEN, "Origin", "https://evil.example", "Sec-Fetch-Site", "same-origin")
                        .statusCode())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(strings = {"evil.example", "evil.example:8000", "localhost.evil.example", "127.0.0.1.evil.example"})
    void shouldRefuseForeignNameThatIsPointedAtThisMachine(String host) {
        // When
        String answer = server.raw("GET " + TOKEN + " HTTP/1.1\r\nHost: " + host
                + "\r\nSec-Fetch-Site: same-origin\r\nConnection: close\r\n\r\n");

        // Then
        assertThat(answer).startsWith("HTTP/1.1 403").contains("localhost");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:8000", "LOCALHOST", "127.0.0.1:8000", "192.168.1.20:8000", "[::1]:8000"})
    void shouldGiveTokenUnderNamesOfThisMachine(String host) {
        // When
        String answer = server.raw("GET " + TOKEN + " HTTP/1.1\r\nHost: " + host + "\r\nOrigin: http://" + host
                + "\r\nConnection: close\r\n\r\n");

        // Then
        assertThat(answer).startsWith("HTTP/1.1 200").contains("{\"token\":\"ey");
    }
}
