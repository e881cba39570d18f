package io.carillon.local.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.carillon.config.Config;
import io.carillon.events.Json;
import io.carillon.local.LocalRuntime;
import io.carillon.local.RuntimeSettings;
import io.carillon.local.doctor.Finding.Grade;
import io.carillon.local.gateway.GatewaySettings;
import io.carillon.metrics.Measure;
import io.carillon.token.TokenIssuer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
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
                .filteredOn(finding -> finding.about().equals("API key"))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.grade()).isEqualTo(Grade.PROBLEM);
                    assertThat(finding.remedy()).contains("--key", "--secrets", "--stage");
                });
    }

    @Test
    void shouldTryEverythingWithATokenThatWasGivenAndLeaveTheUsersOtherClientsAlone() throws Exception {
        // Given
        String token = new TokenIssuer("secret", InstantSource.system())
                .connection("alice")
                .sign();
        Listener other = new Listener();
        WebSocket socket = http.newWebSocketBuilder()
                .buildAsync(webSocket(runtime.port()), other)
                .get(30, TimeUnit.SECONDS);
        socket.sendText("{\"id\":1,\"connect\":{\"token\":\"" + token + "\"}}", true);
        assertThat(other.heard(Duration.ofSeconds(30), "\"client\":")).isPresent();

        // When: a configuration with a key set, of which the private key is elsewhere
        List<Finding> found = look(Config.read("""
                        {"client":{"token":{"jwks_public_endpoint":"https://id.example.com/keys"}},
                         "http_api":{"key":"key"},
                         "channel":{"namespaces":[{"name":"chat","history_size":10,"history_ttl":"60s"}]}}"""), Optional.of(token));

        // Then
        assertThat(found).extracting(Finding::grade).containsOnly(Grade.OK);
        assertThat(found).extracting(Finding::about).contains("token", "delivery", "callback URL");
        assertThat(runtime.metrics().figures().counts()).containsEntry(Measure.CONNECTIONS_CLOSED.title(), 1L);
        assertThat(other.ending()).isEmpty();
    }

    @Test
    void shouldTryDeliveryWhereOnlyChannelsWithoutANamespaceHaveHistory() throws Exception {
        // Then
        assertThat(deliveryIn("{\"without_namespace\":{\"history_size\":10,\"history_ttl\":\"60s\"}}"))
                .contains("a publication to carillon-doctor arrived");
        assertThat(deliveryIn("{\"namespaces\":[{\"name\":\"chat\",\"history_size\":10,\"history_ttl\":\"60s\"}]}"))
                .contains("a publication to chat:carillon-doctor arrived");
        assertThat(deliveryIn("{\"without_namespace\":{\"channel_regex\":\"^[0-9]+$\"}}"))
                .contains("was not tried");
    }

    @Test
    void shouldOnlyConnectWhereTheApiKeyIsNotKnown() throws Exception {
        // When
        List<Finding> found = look(
                KnownConfig.of(
                        Json.read("{\"client\":{\"token\":{\"hmac_secret_key\":\"secret\"}}}", ObjectNode.class)),
                Optional.empty(),
                runtime.port());

        // Then
        assertThat(found).extracting(Finding::about).containsExactly("API key", "clock", "token", "delivery");
        assertThat(found).extracting(Finding::grade).containsExactly(Grade.WARNING, Grade.OK, Grade.OK, Grade.WARNING);
        assertThat(found.getLast().remedy()).contains("--key");
    }

    @Test
    void shouldSayWhyATokenIsRefused() throws Exception {
        // When
        Finding found = look(Config.read(TEXT.formatted("another secret", "key")), Optional.empty())
                .getLast();

        // Then
        assertThat(found.about()).isEqualTo("token");
        assertThat(found.grade()).isEqualTo(Grade.PROBLEM);
        assertThat(found.what()).contains("3500");
    }

    @Test
    void shouldNameTheSchemeOfAWebSocketAddress() throws Exception {
        // Given
        URI url = URI.create("http://127.0.0.1:" + runtime.port());

        // When
        Finding found = new ServerCheck(
                        http,
                        KnownConfig.whole(CONFIG),
                        new ServerCheck.Target(url, url.resolve("/connection/websocket"), Optional.empty()),
                        Optional.empty(),
                        InstantSource.system())
                .look()
                .getLast();

        // Then
        assertThat(found.about()).isEqualTo("domain");
        assertThat(found.what()).contains("is no address of a WebSocket API").doesNotContain("Exception");
        assertThat(found.remedy()).contains("wss://");
    }

    private String deliveryIn(String channel) throws InterruptedException {
        Config config = Config.read("""
                {"client":{"token":{"hmac_secret_key":"secret"}},"http_api":{"key":"key"},"channel":%s}""".formatted(channel));
        try (LocalRuntime other = LocalRuntime.start(RuntimeSettings.of(config)
                .withGateway(GatewaySettings.defaults().withPort(0)))) {
            return look(config, Optional.empty(), other.port()).stream()
                    .filter(finding -> finding.about().equals("delivery"))
                    .findFirst()
                    .orElseThrow()
                    .what();
        }
    }

    @Test
    void shouldSayThatNoClientWasTriedWithoutASecretOrAToken() throws Exception {
        // When
        List<Finding> found = look(
                Config.read(
                        "{\"client\":{\"token\":{\"jwks_public_endpoint\":\"https://id.example.com/keys\"}},\"http_api\":{\"key\":\"key\"}}"),
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
        return look(KnownConfig.whole(config), token, port);
    }

    private List<Finding> look(KnownConfig known, Optional<String> token, int port) throws InterruptedException {
        return new ServerCheck(
                        http,
                        known,
                        new ServerCheck.Target(
                                URI.create("http://127.0.0.1:" + port), webSocket(port), Optional.empty()),
                        token,
                        InstantSource.system())
                .look();
    }

    private static URI webSocket(int port) {
        return URI.create("ws://127.0.0.1:" + port + "/connection/websocket");
    }
}
