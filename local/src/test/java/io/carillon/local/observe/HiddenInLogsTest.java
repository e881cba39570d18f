package io.carillon.local.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.carillon.config.Config;
import io.carillon.events.Json;
import io.carillon.local.Await;
import io.carillon.local.LocalRuntime;
import io.carillon.local.RuntimeSettings;
import io.carillon.local.gateway.GatewaySettings;
import io.carillon.token.TokenIssuer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Devices, notifications, sessions of long-poll, and what tells backends who asks: the log holds none of it. */
class HiddenInLogsTest {

    private static final String SECRET = "a-secret-of-thirty-two-characters";
    private static final String KEY = "the-key-of-the-server-api";
    private static final String DEVICE = "device-token-that-nobody-may-log";
    private static final String TITLE = "title-that-nobody-may-log";
    private static final String TEXT = "text-that-nobody-may-log";
    private static final String HEADER = "header-that-nobody-may-log";
    private static final String BEARER = "bearer-that-nobody-may-log";

    private final LogCapture log = new LogCapture();
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final AtomicReference<String> answer = new AtomicReference<>("{\"result\":{\"user\":\"alice\"}}");
    private final String token =
            new TokenIssuer(SECRET, InstantSource.system()).connection("alice").sign();
    private HttpServer backend;
    private LocalRuntime runtime;

    @BeforeEach
    void start() throws IOException {
        backend = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        backend.createContext("/", exchange -> {
            asked.add(exchange.getRequestHeaders().getFirst("X-Api-Key"));
            byte[] body = answer.get().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(body.length == 0 ? 500 : 200, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        backend.start();
        String endpoint = "http://127.0.0.1:" + backend.getAddress().getPort();
        Config config = Config.read("""
                {"client":{"token":{"hmac_secret_key":"%s"},
                           "proxy":{"connect":{"enabled":true,"endpoint":"%s","timeout":"20s",
                                    "emulated_headers":["Authorization"],"http":{"static_headers":{"X-Api-Key":"%s"}}}}},
                 "http_api":{"key":"%s"},
                 "channel":{"namespaces":[{"name":"chat","history_size":10,"history_ttl":"60s",
                            "allow_subscribe_for_client":true,"carillon":{"push":"always"}}]}}""".formatted(SECRET, endpoint, HEADER, KEY));
        runtime = LocalRuntime.start(RuntimeSettings.of(config)
                .withGateway(GatewaySettings.defaults().withPort(0)));
    }

    @AfterEach
    void stop() {
        runtime.close();
        backend.stop(0);
        http.close();
        log.close();
    }

    @Test
    void shouldHoldNoDeviceTokenAndNoNotification() throws Exception {
        // Given
        String id = register(DEVICE).path("id").asText();
        register("");
        post("/devices", "Bearer " + token + "x", "{\"provider\":\"fcm\",\"token\":\"" + DEVICE + "\"}");
        api("device_register", "{\"provider\":\"hms\",\"platform\":\"android\",\"token\":\"" + DEVICE + "\"}");
        api("device_list", "{\"users\":[\"alice\"]}");

        // When
        runtime.faults().replace(List.of("throttle service=sns function=push count=1"), 1);
        String notification =
                "{\"title\":\"" + TITLE + "\",\"body\":\"" + TEXT + "\",\"data\":{\"a\":\"" + TEXT + "\"}}";
        api("send_push_notification", "{\"recipient\":{\"users\":[\"alice\"]},\"notification\":" + notification + "}");
        Await.until("the warning", () -> !log.with("A notification for device").isEmpty());
        api(
                "publish",
                "{\"channel\":\"chat:a\",\"data\":1,\"push\":{\"recipients\":[\"alice\"],\"title\":\"" + TITLE
                        + "\"}}");
        Await.until("the push of the publication", () -> !runtime.sentPushes().isEmpty());
        api("send_push_notification", "{\"recipient\":{},\"notification\":" + notification + "}");
        api("send_push_notification", "{\"notification\":{\"title\":[\"" + TITLE + "\"]}}");
        runtime.faults().replace(List.of("dead-token count=1"), 1);
        api("send_push_notification", "{\"recipient\":{\"users\":[\"alice\"]},\"notification\":" + notification + "}");
        Await.until(
                "the device to be forgotten",
                () -> !api("device_list", "{\"users\":[\"alice\"]}").contains(id));

        // Then
        assertThat(log.text()).contains(id).doesNotContain(DEVICE, TITLE, TEXT, KEY);
    }

    @Test
    void shouldHoldNoSessionOfLongPoll() throws Exception {
        // Given
        String session = json(poll("open", "{}")).path("session").asText();
        String connect = "{\\\"id\\\":1,\\\"connect\\\":{\\\"token\\\":\\\"" + token + "\\\"}}";

        // When
        poll("send", "{\"session\":\"" + session + "\",\"frame\":\"" + connect + "\"}");
        poll("poll", "{\"session\":\"" + session + "\",\"ack\":0}");
        poll("poll", "{\"session\":\"" + session + "\",\"ack\":\"" + session + "\"}");
        poll("poll", "{\"session\":\"" + session);
        poll("nothing", "{\"session\":\"" + session + "\"}");
        runtime.beat();
        poll("send", "{\"session\":\"" + session + "\",\"frame\":\"{" + session + "\"}");
        poll("close", "{\"session\":\"" + session + "\"}");
        poll("poll", "{\"session\":\"" + session + "\",\"ack\":0}");

        // Then: the connection's id, which is no secret, is there.
        assertThat(session).hasSize(24);
        assertThat(log.text()).contains("Malformed frame", "\"lp-").doesNotContain(session, token.split("\\.")[1]);
    }

    @Test
    void shouldHoldNoHeaderThatABackendIsSent() throws Exception {
        // When
        String connect = "{\"id\":1,\"connect\":{\"headers\":{\"Authorization\":\"" + BEARER + "\"}}}";
        try (Talker alice = new Talker(http, runtime.port());
                Talker bob = new Talker(http, runtime.port());
                Talker carol = new Talker(http, runtime.port())) {
            alice.send(connect, "\"client\"");
            answer.set("{\"result\":[\"" + BEARER + "\"]}");
            bob.send(connect, "\"code\":100");
            answer.set("");
            carol.send(connect, "\"code\":100");
        }

        // Then
        assertThat(asked).containsExactly(HEADER, HEADER, HEADER);
        assertThat(log.text()).contains("status 500", "of another form").doesNotContain(HEADER, BEARER);
    }

    private JsonNode register(String device) throws Exception {
        return json(post(
                "/devices",
                "Bearer " + token,
                "{\"provider\":\"fcm\",\"platform\":\"android\",\"token\":\"" + device + "\"}"));
    }

    private String poll(String action, String body) throws Exception {
        return post("/connection/long_poll/" + action, "", body);
    }

    private String api(String method, String body) {
        try {
            return post("/api/" + method, "apikey " + KEY, body);
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private String post(String path, String authorization, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + runtime.port() + path))
                .header("Authorization", authorization)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    private static JsonNode json(String text) {
        return Json.read(text, JsonNode.class);
    }
}
