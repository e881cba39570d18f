package io.carillon.infra;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.config.Config;
import io.carillon.local.LocalRuntime;
import io.carillon.local.RuntimeSettings;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the functions really call, in a life that touches most of what they can do, is what they may. */
class RecordedCallsTest {

    private static final String OPTIONS = """
            "presence":true,"join_leave":true,"force_push_join_leave":true,"history_size":10,"history_ttl":"60s",
            "force_recovery":true""";
    private static final Config CONFIG = Config.read("""
            {"client":{"insecure":true},"http_api":{"insecure":true},
             "channel":{"without_namespace":{%s},"namespaces":[{"name":"marks"}]}}""".formatted(OPTIONS));

    private final Recorder recorder = new Recorder();
    private final Policies policies = new Policies(Synthesized.stage("dev"));

    @Test
    void shouldCallOnlyWhatIsAllowed() throws Exception {
        // Given
        RuntimeSettings settings = RuntimeSettings.of(CONFIG).withProbes(recorder.probes());

        // When
        try (LocalRuntime runtime = LocalRuntime.start(settings);
                HttpClient http = HttpClient.newHttpClient()) {
            live(runtime, http);
        }

        // Then
        for (String function : List.of("connect", "message", "disconnect", "api", "deliver", "heartbeat")) {
            assertThat(recorder.of(function)).as(function).isNotEmpty();
            assertThat(policies.of(function)).as(function).containsAll(recorder.of(function));
        }
    }

    private void live(LocalRuntime runtime, HttpClient http) throws Exception {
        URI socket = URI.create("ws://127.0.0.1:" + runtime.port() + "/local");
        Visitor second = new Visitor(http, socket);
        second.say("{\"id\":1,\"connect\":{}}", "\"id\":1");
        try (Visitor first = new Visitor(http, socket)) {
            first.say("{\"id\":1,\"connect\":{}}", "\"id\":1");
            first.say("{\"id\":2,\"subscribe\":{\"channel\":\"news\"}}", "\"id\":2");
            second.say("{\"id\":2,\"subscribe\":{\"channel\":\"news\"}}", "\"id\":2");
            first.say("{\"id\":3,\"publish\":{\"channel\":\"news\",\"data\":{\"n\":1}}}", "\"n\":1");
            first.say("{\"id\":4,\"subscribe\":{\"channel\":\"marks:a\"}}", "\"id\":4");
            first.say("{\"id\":5,\"publish\":{\"channel\":\"marks:a\",\"data\":{\"n\":2}}}", "\"n\":2");
            first.say("{\"id\":6,\"history\":{\"channel\":\"news\",\"limit\":10}}", "\"id\":6");
            first.say("{\"id\":7,\"presence\":{\"channel\":\"news\"}}", "\"id\":7");
            call(runtime, http, "publish", "{\"channel\":\"news\",\"data\":{\"n\":3},\"idempotency_key\":\"k\"}");
            first.hear("\"n\":3");
            call(runtime, http, "history", "{\"channel\":\"news\",\"limit\":10}");
            call(runtime, http, "presence_stats", "{\"channel\":\"news\"}");
            call(runtime, http, "channels", "{}");
            call(runtime, http, "info", "{}");
            call(runtime, http, "history_remove", "{\"channel\":\"news\"}");
            call(runtime, http, "disconnect", "{\"user\":\"nobody\"}");
            second.say("{\"id\":3,\"unsubscribe\":{\"channel\":\"news\"}}", "\"id\":3");
            runtime.beat();
        }
        recorder.await("disconnect");
        second.close();
    }

    private static void call(LocalRuntime runtime, HttpClient http, String method, String body) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + runtime.port() + "/api/" + method);
        HttpRequest request = HttpRequest.newBuilder(uri)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        assertThat(http.send(request, HttpResponse.BodyHandlers.ofString()).body())
                .as(method)
                .doesNotContain("\"error\"");
    }
}
