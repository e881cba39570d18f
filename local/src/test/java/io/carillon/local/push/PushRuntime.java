package io.carillon.local.push;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.config.Config;
import io.carillon.events.Json;
import io.carillon.local.Await;
import io.carillon.local.LocalRuntime;
import io.carillon.local.RuntimeSettings;
import io.carillon.local.aws.sns.SentPush;
import io.carillon.local.observe.Talker;
import io.carillon.token.TokenIssuer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** One local runtime for all tests of a class, whose devices, backend and clients are elsewhere. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PushRuntime {

    static final String SECRET = "a secret that is long enough for HS256";

    private final HttpClient http = HttpClient.newHttpClient();
    private LocalRuntime runtime;

    abstract Config config();

    @BeforeAll
    void start() {
        runtime = LocalRuntime.start(RuntimeSettings.of(config()).withVisibility(Duration.ofSeconds(5)));
    }

    @AfterAll
    void stop() {
        runtime.close();
        http.close();
    }

    LocalRuntime runtime() {
        return runtime;
    }

    /** Connects a user. */
    Talker connect(String user) {
        Talker talker = new Talker(http, runtime.port());
        talker.send("{\"id\":1,\"connect\":{\"token\":\"%s\"}}".formatted(token(user)), "\"client\"");
        return talker;
    }

    String sendTo(String user, String title) {
        return ask(
                        "send_push_notification",
                        "{\"recipient\":{\"users\":[\"%s\"]},\"notification\":{\"title\":\"%s\"}}"
                                .formatted(user, title))
                .at("/result/uid")
                .asText();
    }

    void awaitStatus(String uid, String status) {
        Await.until(
                "status " + status,
                () -> ask("push_status", "{\"uid\":\"%s\"}".formatted(uid))
                        .at("/result/items/0/status")
                        .asText()
                        .equals(status));
    }

    List<SentPush> sentTo(String token) {
        return runtime.sentPushes().stream()
                .filter(push -> push.token().equals(token))
                .toList();
    }

    String register(String user, String provider, String platform, String token) {
        HttpResponse<String> answer = devices(
                token(user),
                "{\"provider\":\"%s\",\"token\":\"%s\",\"platform\":\"%s\",\"locale\":\"en\"}"
                        .formatted(provider, token, platform));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.read(answer.body(), JsonNode.class).path("id").asText();
    }

    static String token(String user) {
        return new TokenIssuer(SECRET, InstantSource.system()).connection(user).sign();
    }

    HttpResponse<String> devices(String token, String body) {
        return post("/devices", "Bearer " + token, body);
    }

    JsonNode ask(String method, String body) {
        HttpResponse<String> answer = post("/api/" + method, "apikey key", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.read(answer.body(), JsonNode.class);
    }

    int delete(String path, String token) {
        return send(to(path, "Bearer " + token).DELETE()).statusCode();
    }

    HttpResponse<String> post(String path, String authorization, String body) {
        return send(to(path, authorization)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    HttpRequest.Builder to(String path, String authorization) {
        return HttpRequest.newBuilder(uri(path)).header("Authorization", authorization);
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + runtime.port() + path);
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
