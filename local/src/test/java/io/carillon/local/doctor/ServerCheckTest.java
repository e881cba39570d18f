package io.carillon.local.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.config.Config;
import io.carillon.local.LocalRuntime;
import io.carillon.local.RuntimeSettings;
import io.carillon.local.doctor.Finding.Grade;
import io.carillon.local.gateway.GatewaySettings;
import io.carillon.metrics.Measure;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServerCheckTest {

    private static final String TEXT = """
            {"client":{"token":{"hmac_secret_key":"%s"}},"http_api":{"key":"%s"},
             "channel":{"namespaces":[{"name":"chat","history_size":10,"history_ttl":"60s"}]}}""";
    private static final Config CONFIG = Config.read(TEXT.formatted("secret", "key"));

    private final HttpClient http = HttpClient.newHttpClient();
    private final LocalRuntime runtime = LocalRuntime.start(
            RuntimeSettings.of(CONFIG).withGateway(GatewaySettings.defaults().withPort(0)));

    @AfterEach
    void stop() {
        runtime.close();
        http.close();
    }

    @Test
    void shouldGoTheWholeWayOfAPublicationWhereAllIsWell() throws Exception {
        // When
        List<Finding> found = look(CONFIG, Optional.empty());

        // Then
        assertThat(found).extracting(Finding::grade).containsOnly(Grade.OK);
        assertThat(found).extracting(Finding::about).contains("server API", "token", "delivery", "callback URL");
        assertThat(runtime.metrics().figures().counts())
                .containsEntry(Measure.PUBLICATIONS.title(), 1L)
                .containsEntry(Measure.CONNECTIONS_CLOSED.title(), 1L);
    }

    @Test
    void shouldNameTheKeyThatIsRefused() throws Exception {
        // Then
        assertThat(look(Config.read(TEXT.formatted("secret", "another")), Optional.empty()))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.about()).isEqualTo("API key");
                    assertThat(finding.remedy()).contains("--config");
                });
    }

    @Test
    void shouldSayThatNoClientWasTriedWithoutASecretOrAToken() throws Exception {
        // When
        List<Finding> found = look(
                Config.read(
                        "{\"client\":{\"allow_anonymous_connect_without_token\":true},\"http_api\":{\"key\":\"key\"}}"),
                Optional.empty());

        // Then
        assertThat(found.getLast().grade()).isEqualTo(Grade.WARNING);
        assertThat(found.getLast().remedy()).contains("--token");
    }

    @Test
    void shouldSayThatNothingAnswers() throws Exception {
        // Given
        int port = runtime.port();
        runtime.close();

        // Then
        assertThat(look(CONFIG, Optional.empty(), port))
                .singleElement()
                .extracting(Finding::about)
                .isEqualTo("domain");
    }

    private List<Finding> look(Config config, Optional<String> token) throws InterruptedException {
        return look(config, token, runtime.port());
    }

    private List<Finding> look(Config config, Optional<String> token, int port) throws InterruptedException {
        return new ServerCheck(
                        http,
                        config,
                        URI.create("http://127.0.0.1:" + port),
                        URI.create("ws://127.0.0.1:" + port + "/connection/websocket"),
                        token,
                        InstantSource.system())
                .look();
    }
}
