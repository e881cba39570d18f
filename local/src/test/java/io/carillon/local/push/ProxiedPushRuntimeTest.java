package io.carillon.local.push;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.carillon.config.Config;
import io.carillon.local.Await;
import io.carillon.local.observe.Talker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** A chat whose clients publish, and whose backend says what those who are away are told. */
class ProxiedPushRuntimeTest extends PushRuntime {

    private static final String PUSH = "{\"title\":\"Alice\",\"body\":\"hello\"}";

    private final HttpServer backend = backend();

    @Override
    Config config() {
        return Config.read("""
                {"client":{"token":{"hmac_secret_key":"%s"}},"http_api":{"key":"key"},
                 "channel":{"proxy":{"publish":{"endpoint":"http://127.0.0.1:%d/publish","timeout":"5s"}},"namespaces":[
                  {"name":"chat","history_size":10,"history_ttl":"60s","publish_proxy_enabled":true,
                   "carillon":{"push":"offline"}}]}}""".formatted(SECRET, backend.getAddress().getPort()));
    }

    private static HttpServer backend() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/publish", exchange -> {
                byte[] answer = "{\"result\":{\"idempotency_key\":\"m1\",\"push\":%s}}"
                        .formatted(PUSH)
                        .getBytes(StandardCharsets.UTF_8);
                exchange.getRequestBody().readAllBytes();
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @AfterAll
    void stopBackend() {
        backend.stop(0);
    }

    @Test
    void shouldTellMembersWhoAreAwayOnceOfWhatAClientPublishes() {
        // Given
        register("alice", "fcm", "android", "alice-phone");
        register("bob", "apns", "ios", "bob-phone");
        ask("member_update", "{\"channel\":\"chat:a\",\"op\":\"add\",\"users\":[\"alice\",\"bob\"]}");
        Talker alice = connect("alice");

        // When: she sends it again, as after an answer that was lost
        IntStream.of(2, 3)
                .forEach(id -> alice.send(
                        "{\"id\":%d,\"publish\":{\"channel\":\"chat:a\",\"data\":{\"text\":\"hello\"}}}".formatted(id),
                        "{\"id\":%d,\"publish\":{}}".formatted(id)));
        JsonNode repeated = ask(
                "publish",
                "{\"channel\":\"chat:a\",\"data\":{\"text\":\"hello\"},\"idempotency_key\":\"m1\",\"push\":%s}"
                        .formatted(PUSH));
        String uid = repeated.at("/result/push_uid").asText();

        // Then
        assertThat(repeated.at("/result/offset").asInt()).isEqualTo(1);
        Await.until("an end", () -> !ends(uid).isEmpty());
        assertThat(ends(uid))
                .singleElement()
                .satisfies(end -> assertThat(end.path("status").asText()).isEqualTo("sent"));
        assertThat(sentTo("bob-phone"))
                .singleElement()
                .satisfies(push -> assertThat(push.payload()).contains("hello"));
        assertThat(sentTo("alice-phone")).isEmpty();
        alice.close();
    }

    private JsonNode ends(String uid) {
        return ask("push_status", "{\"uid\":\"%s\"}".formatted(uid)).at("/result/items");
    }
}
