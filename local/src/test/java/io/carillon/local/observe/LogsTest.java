package io.carillon.local.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.config.Config;
import io.carillon.events.RawJson;
import io.carillon.local.Await;
import io.carillon.local.LocalRuntime;
import io.carillon.local.RuntimeSettings;
import io.carillon.local.gateway.GatewaySettings;
import io.carillon.token.TokenIssuer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the log holds after everything that clients and backends usually do, and after some that they should not. */
class LogsTest {

    private static final String SECRET = "a-secret-of-thirty-two-characters";
    private static final String KEY = "the-key-of-the-server-api";
    private static final String PAYLOAD = "payload-that-nobody-may-log";
    private static final String INFO = "info-that-nobody-may-log";
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final Config CONFIG = Config.read("""
            {"client":{"token":{"hmac_secret_key":"%s"}},"http_api":{"key":"%s"},"channel":{"namespaces":[
             {"name":"chat","history_size":10,"history_ttl":"60s","force_recovery":true,"presence":true,
              "join_leave":true,"allow_subscribe_for_client":true,"allow_publish_for_subscriber":true},
             {"name":"cursors","allow_subscribe_for_client":true,"allow_publish_for_subscriber":true}]}}""".formatted(SECRET, KEY));

    private final LogCapture log = new LogCapture();
    private final HttpClient http = HttpClient.newHttpClient();
    private final LocalRuntime runtime = LocalRuntime.start(
            RuntimeSettings.of(CONFIG).withGateway(GatewaySettings.defaults().withPort(0)));
    private final String token = new TokenIssuer(SECRET, InstantSource.system())
            .connection("alice")
            .info(RawJson.of("{\"name\":\"" + INFO + "\"}"))
            .sign();

    @AfterEach
    void stop() {
        runtime.close();
        http.close();
        log.close();
    }

    @Test
    void shouldHoldNoPayloadTokenOrSecretWhateverHappens() throws Exception {
        // When
        try (Talker alice = new Talker(http, runtime.port());
                Talker mallory = new Talker(http, runtime.port())) {
            standardFlows(alice);
            alice.send("{\"id\":9,\"publish\":{\"channel\":\"chat:a\",\"data\":{\"" + PAYLOAD, "\"code\":3501");
            mallory.send("{\"id\":1,\"connect\":{\"token\":\"" + token + "x\"}}", "\"code\":3500");
            publish("wrong-" + KEY, "{\"channel\":\"chat:a\",\"data\":\"" + PAYLOAD + "\"}");
            publish(KEY, "{\"channel\":\"chat:a\",\"data\":\"" + PAYLOAD);
            publish(KEY, "{\"channel\":\"nowhere:a\",\"data\":\"" + PAYLOAD + "\"}");
        }
        runtime.beat();

        // Then
        assertThat(log.with("Disconnecting")).hasSize(2);
        assertThat(log.text()).contains("alice", "chat:a").doesNotContain(PAYLOAD, INFO, SECRET, KEY);
        assertThat(List.of(token.split("\\.")))
                .allSatisfy(part -> assertThat(log.text()).doesNotContain(part));
    }

    @Test
    void shouldFollowAPublicationFromThePublishToThePost() throws Exception {
        // Given
        try (Talker alice = new Talker(http, runtime.port())) {
            alice.send(connect(), "\"client\"");
            alice.send("{\"id\":2,\"subscribe\":{\"channel\":\"chat:a\"}}", "\"epoch\"");

            // When
            publish(KEY, "{\"channel\":\"chat:a\",\"data\":7}", "traceparent", "00-" + TRACE + "-b7ad6b7169203331-01");
            alice.hears("\"data\":7");
            Await.until(() -> log.with("Delivered").stream()
                    .anyMatch(line -> line.path("traces").asText().contains(TRACE)));
        }

        // Then
        JsonNode published = log.with("Published").getLast();
        JsonNode delivered = log.with("Delivered").stream()
                .filter(line -> line.path("traces").asText().contains(TRACE))
                .findFirst()
                .orElseThrow();
        assertThat(published.path("trace").asText()).isEqualTo(TRACE);
        assertThat(published.path("function").asText()).isEqualTo("api");
        assertThat(published.path("offset").asInt()).isEqualTo(1);
        assertThat(delivered.path("trace").asText()).isEqualTo(TRACE);
        assertThat(delivered.path("function").asText()).isEqualTo("deliver");
        assertThat(delivered.path("channel").asText()).isEqualTo("chat:a");
    }

    @Test
    void shouldSayWhoseAConnectionIs() {
        // When
        try (Talker alice = new Talker(http, runtime.port())) {
            alice.send(connect(), "\"client\"");
            alice.send("{\"id\":2,\"subscribe\":{\"channel\":\"cursors:a\"}}", "\"id\":2");
            alice.send("{\"id\":3,\"publish\":{\"channel\":\"cursors:a\",\"data\":1}}", "\"id\":3");
        }

        // Then
        JsonNode published = log.with("Published").getLast();
        assertThat(published.path("user").asText()).isEqualTo("alice");
        assertThat(published.path("connection").asText()).isNotEmpty();
        assertThat(published.path("trace").asText()).hasSize(32);
    }

    private void standardFlows(Talker alice) throws Exception {
        alice.send(connect(), "\"client\"");
        alice.send("{\"id\":2,\"subscribe\":{\"channel\":\"chat:a\"}}", "\"epoch\"");
        alice.send("{\"id\":3,\"subscribe\":{\"channel\":\"cursors:a\"}}", "\"id\":3");
        alice.send("{\"id\":4,\"publish\":{\"channel\":\"chat:a\",\"data\":\"" + PAYLOAD + "\"}}", "\"id\":4");
        alice.send("{\"id\":5,\"publish\":{\"channel\":\"cursors:a\",\"data\":\"" + PAYLOAD + "\"}}", "\"id\":5");
        alice.send("{\"id\":6,\"presence\":{\"channel\":\"chat:a\"}}", "\"id\":6");
        alice.send("{\"id\":7,\"unsubscribe\":{\"channel\":\"chat:a\"}}", "\"id\":7");
        alice.send(
                "{\"id\":8,\"subscribe\":{\"channel\":\"chat:a\",\"recover\":true,\"offset\":0}}",
                "\"was_recovering\"");
        publish(KEY, "{\"channel\":\"chat:a\",\"data\":\"" + PAYLOAD + "-of-a-backend\"}");
        alice.hears(PAYLOAD + "-of-a-backend");
    }

    private String connect() {
        return "{\"id\":1,\"connect\":{\"token\":\"" + token + "\"}}";
    }

    private void publish(String key, String body, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + runtime.port() + "/api/publish"))
                .header("X-API-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
