package io.carillon.local.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.config.Config;
import io.carillon.events.Json;
import io.carillon.local.LocalRuntime;
import io.carillon.local.RuntimeSettings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class LoadRunTest {

    private static final Config CONFIG = Config.read("""
            {
              "client": {"token": {"hmac_secret_key": "secret"}},
              "http_api": {"key": "key"},
              "channel": {"namespaces": [
                {"name": "load", "presence": true, "history_size": 1000, "history_ttl": "300s",
                 "force_recovery": true, "allow_subscribe_for_client": true},
                {"name": "closed", "history_size": 1000, "history_ttl": "300s", "force_recovery": true},
                {"name": "unkept", "allow_subscribe_for_client": true}
              ]}
            }""");

    private static LocalRuntime runtime;

    @BeforeAll
    static void start() {
        runtime = LocalRuntime.start(RuntimeSettings.of(CONFIG));
    }

    @AfterAll
    static void stop() {
        runtime.close();
    }

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final Progress progress = Progress.to(new PrintStream(said, true, StandardCharsets.UTF_8), false);

    private static Target target(String key) {
        return new Target(URI.create("http://127.0.0.1:" + runtime.port() + "/"), CONFIG, key);
    }

    private static Scenario small(String namespace) {
        return new Scenario(20, 2, 1, 400, 8, 0, 200, 1, 7, namespace);
    }

    @Test
    void shouldKeepEveryPromiseWhenConnectionsAreCut() throws InterruptedException {
        // When
        Report report = LoadRun.run(small("load"), target("key"), progress);

        // Then
        assertThat(report.passed()).as(report.toText()).isTrue();
        JsonNode json = Json.read(report.toJson(), JsonNode.class);
        assertThat(json.at("/publications/accepted").asLong()).isEqualTo(400);
        assertThat(json.at("/deliveries/expected").asLong()).isEqualTo(20 * 200);
        assertThat(json.at("/deliveries/received").asLong()).isEqualTo(20 * 200);
        assertThat(json.at("/connections/cuts").asLong()).isPositive();
        assertThat(json.at("/deliveries/recoveries").asLong()).isPositive();
        assertThat(json.at("/presence_checked").asBoolean()).isTrue();
        assertThat(report.toText()).contains("Passed: every promise was kept.").contains("out of order    0");
    }

    @Test
    void shouldSayWhyNobodyGetsIn() {
        assertThatThrownBy(() -> LoadRun.run(small("closed"), target("key"), progress))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("20 of 20 clients did not get in")
                .hasMessageContaining("103 permission denied");
    }

    @Test
    void shouldNameTheRemedyWhenTheNamespaceRecoversNothing() {
        for (String namespace : new String[] {"unkept", "unknown"}) {
            assertThatThrownBy(() -> LoadRun.run(small(namespace), target("key"), progress))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("'" + namespace + "' has no force_recovery")
                    .hasMessageContaining("--namespace");
        }
    }

    @Test
    void shouldNameTheRemedyWhenTheKeyIsWrong() {
        assertThatThrownBy(() -> LoadRun.run(small("load"), target("wrong"), progress))
                .hasMessage("the API key was refused: name the right one with --key or --config");
    }
}
