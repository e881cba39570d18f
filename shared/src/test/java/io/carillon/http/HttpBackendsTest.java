package io.carillon.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.carillon.config.Config;
import io.carillon.config.ProxyConfig;
import io.carillon.proxy.BackendFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpBackendsTest {

    private final HttpBackends backends = new HttpBackends();
    private final AtomicReference<String> seen = new AtomicReference<>("");
    private final CountDownLatch over = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/answer", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            seen.set(exchange.getRequestMethod() + " "
                    + exchange.getRequestHeaders().getFirst("Content-Type") + " "
                    + exchange.getRequestHeaders().getFirst("X-Secret") + " " + body);
            answer(exchange, 200, "{\"result\":{\"user\":\"ä\"}}");
        });
        server.createContext("/broken", exchange -> answer(exchange, 503, "busy"));
        server.createContext("/endless", exchange -> answer(exchange, 200, "x".repeat(2_000_000)));
        server.createContext("/trickle", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            await();
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
    }

    @Test
    void shouldPostTheRequestAndGiveTheAnswer() {
        // When
        String answer = backends.at(at("/answer", "20s")).ask("connect", "{\"client\":\"é\"}", Map.of("x-secret", "s"));

        // Then
        assertThat(answer).isEqualTo("{\"result\":{\"user\":\"ä\"}}");
        assertThat(seen.get()).isEqualTo("POST application/json s {\"client\":\"é\"}");
    }

    @Test
    void shouldSayWithWhichStatusItFailed() {
        assertThatThrownBy(() -> backends.at(at("/broken", "20s")).ask("connect", "{}", Map.of()))
                .isInstanceOfSatisfying(
                        BackendFailure.class,
                        failure -> assertThat(failure.status()).hasValue(503));
    }

    @Test
    void shouldGiveUpWhenTheAnswerTricklesIn() {
        assertThatThrownBy(() -> backends.at(at("/trickle", "300ms")).ask("connect", "{}", Map.of()))
                .isInstanceOf(BackendFailure.class)
                .hasMessageContaining("did not answer within");
    }

    @Test
    void shouldGiveUpWhenTheAnswerHasNoEnd() {
        assertThatThrownBy(() -> backends.at(at("/endless", "20s")).ask("connect", "{}", Map.of()))
                .isInstanceOf(BackendFailure.class);
    }

    @Test
    void shouldFailWhenNobodyIsThere() {
        // Given
        server.stop(0);

        // Then
        assertThatThrownBy(() -> backends.at(at("/answer", "20s")).ask("connect", "{}", Map.of()))
                .isInstanceOf(BackendFailure.class)
                .hasMessageContaining("could not be called");
    }

    private ProxyConfig at(String path, String timeout) {
        String json = """
                {"client":{"insecure":true,"proxy":{"connect":{"enabled":true,"endpoint":"http://127.0.0.1:%d%s","timeout":"%s"}}}}""".formatted(server.getAddress().getPort(), path, timeout);
        return Config.read(json).client().proxy().connect().proxy();
    }

    private void await() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
