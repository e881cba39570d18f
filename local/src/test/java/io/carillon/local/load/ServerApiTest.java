package io.carillon.local.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.carillon.config.Config;
import io.carillon.events.Json;
import io.carillon.events.Position;
import io.carillon.local.load.Attempt.Outcome.Accepted;
import io.carillon.local.load.Attempt.Outcome.Failed;
import io.carillon.local.load.ReadBack.Found;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServerApiTest {

    private static final Config CONFIG =
            Config.read("{\"client\":{\"token\":{\"hmac_secret_key\":\"secret\"}},\"http_api\":{\"key\":\"key\"}}");
    private static final String ACCEPTED = "{\"result\":{\"offset\":7,\"epoch\":\"e\"}}";
    private static final String BROKEN = "{\"error\":{\"code\":100,\"message\":\"internal server error\"}}";
    private static final String REFUSED = "{\"error\":{\"code\":102,\"message\":\"unknown channel\"}}";

    private final Queue<String> answers = new ConcurrentLinkedQueue<>();
    private final Queue<JsonNode> requests = new ConcurrentLinkedQueue<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            requests.add(Json.read(body, JsonNode.class));
            String answer = answers.remove();
            int status = answer.equals("busy") ? 503 : 200;
            exchange.sendResponseHeaders(status, answer.length());
            exchange.getResponseBody().write(answer.getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        http.shutdownNow();
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private ServerApi api() {
        return new ServerApi(http, Target.at(address(), CONFIG, "key"), System::nanoTime);
    }

    @Test
    void shouldTryAgainWithTheSameKeyWhenACallBreaksOff() throws InterruptedException {
        // Given
        answers.addAll(List.of("busy", BROKEN, ACCEPTED));

        // When
        Attempt attempt = api().publish("news", "{\"n\":1}", "key-1", 3);

        // Then
        assertThat(attempt.outcome())
                .isInstanceOfSatisfying(
                        Accepted.class,
                        accepted -> assertThat(accepted.position()).isEqualTo(new Position(7, "e")));
        assertThat(attempt.earlier()).extracting(Failed::code).containsExactly(503, 100);
        assertThat(attempt.isOpen()).isTrue();
        assertThat(requests)
                .hasSize(3)
                .allMatch(one -> one.get("idempotency_key").asText().equals("key-1"));
    }

    @Test
    void shouldNotTryAgainWhenACallIsRefusedOrThereAreNoMoreAttempts() throws InterruptedException {
        // Given
        answers.addAll(List.of(REFUSED, BROKEN));

        // When
        Attempt refused = api().publish("news", "{\"n\":1}", "key-1", 3);
        Attempt broken = api().publish("news", "{\"n\":2}", "", 1);

        // Then
        assertThat(refused.isOpen()).isFalse();
        assertThat(broken.isOpen()).isTrue();
        assertThat(requests).hasSize(2);
        assertThat(requests.peek().has("idempotency_key")).isTrue();
        assertThat(List.copyOf(requests).get(1).has("idempotency_key")).isFalse();
    }

    @Test
    void shouldTellWhatTheHistoryHoldsAtAnOffset() throws InterruptedException {
        // Given
        Accepted accepted = new Accepted(1, new Position(7, "e"));
        Attempt attempt = new Attempt("news", Payloads.digest("{\"n\": 1.0}"), 0, accepted);
        answers.add(
                "{\"result\":{\"publications\":[{\"data\":{\"n\": 1.0},\"offset\":7}],\"epoch\":\"e\",\"offset\":9}}");
        answers.add(
                "{\"result\":{\"publications\":[{\"data\":{\"n\": 1},\"offset\":7}],\"epoch\":\"e\",\"offset\":9}}");
        answers.add("{\"result\":{\"publications\":[],\"epoch\":\"e\",\"offset\":9}}");
        answers.add("{\"result\":{\"publications\":[],\"epoch\":\"e\",\"offset\":19}}");
        answers.add(BROKEN);

        // When / Then
        assertThat(api().readBack(attempt, accepted, 10).orElseThrow().found()).isEqualTo(Found.THE_PUBLICATION);
        assertThat(api().readBack(attempt, accepted, 10).orElseThrow().found()).isEqualTo(Found.OTHER_DATA);
        assertThat(api().readBack(attempt, accepted, 10).orElseThrow().found()).isEqualTo(Found.NOTHING);
        assertThat(api().readBack(attempt, accepted, 10)).as("trimmed").isEmpty();
        assertThat(api().readBack(attempt, accepted, 10)).as("no answer").isEmpty();
        assertThat(requests.peek().at("/since/offset").asLong()).isEqualTo(6);
    }

    @Test
    void shouldPostFaultsToTheDevelopmentServer() {
        // Given
        answers.addAll(List.of("{}", "busy"));
        HttpFaults faults = new HttpFaults(address());

        // When
        faults.apply(List.of("kill at=append"), 7);

        // Then
        assertThat(requests.peek().at("/faults/0").asText()).isEqualTo("kill at=append");
        assertThat(requests.peek().get("seed").asLong()).isEqualTo(7);
        assertThatThrownBy(() -> faults.apply(List.of(), 7)).hasMessageContaining("status 503");
    }
}
