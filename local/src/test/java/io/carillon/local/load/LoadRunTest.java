package io.carillon.local.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.config.Config;
import io.carillon.events.Json;
import io.carillon.local.Await;
import io.carillon.local.LocalRuntime;
import io.carillon.local.RuntimeSettings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LoadRunTest {

    private static final Config CONFIG = Config.read("""
            {
              "client": {"token": {"hmac_secret_key": "secret"}},
              "http_api": {"key": "key"},
              "channel": {"namespaces": [
                {"name": "load", "presence": true, "history_size": 1000, "history_ttl": "300s",
                 "force_recovery": true, "allow_subscribe_for_client": true},
                {"name": "closed", "history_size": 1000, "history_ttl": "300s", "force_recovery": true},
                {"name": "optional", "history_size": 1000, "history_ttl": "300s", "allow_subscribe_for_client": true},
                {"name": "unkept", "presence": true, "allow_subscribe_for_client": true}
              ]}
            }""");

    /** Of each test its own, since runs wait more than they work, and go side by side. */
    private LocalRuntime runtime;

    @BeforeEach
    void start() {
        runtime = LocalRuntime.start(RuntimeSettings.of(CONFIG));
    }

    @AfterEach
    void stop() {
        runtime.close();
    }

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final Progress progress = Progress.to(new PrintStream(said, true, StandardCharsets.UTF_8), false);

    private Target target(String key) {
        return Target.at(URI.create("http://127.0.0.1:" + runtime.port() + "/"), CONFIG, key);
    }

    private static Scenario small(String namespace) {
        return Scenario.DEFAULT
                .with(Setting.CLIENTS, 20)
                .with(Setting.CHANNELS, 2)
                .with(Setting.SUBSCRIPTIONS, 1)
                .with(Setting.PUBLICATIONS, 400)
                .with(Setting.PUBLISHERS, 8)
                .with(Setting.DISCONNECTS, 1)
                .with(Setting.SEED, 7)
                .with(Setting.NAMESPACE, namespace);
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void shouldKeepEveryPromiseWhenConnectionsAreCut() throws InterruptedException {
        // When
        Report report = run(small("load"), "key");

        // Then
        assertThat(report.passed()).as(report.toText()).isTrue();
        JsonNode json = Json.read(report.toJson(), JsonNode.class);
        assertThat(json.at("/publications/accepted").asLong()).isEqualTo(400);
        assertThat(json.at("/deliveries/expected").asLong()).isEqualTo(20 * 200);
        assertThat(json.at("/deliveries/received").asLong()).isEqualTo(20 * 200);
        assertThat(json.at("/connections/cuts").asLong()).isPositive();
        assertThat(json.at("/deliveries/recoveries").asLong()).isPositive();
        assertThat(json.at("/presence_checked").asBoolean()).isTrue();
        assertThat(report.toText()).contains("Passed: every promise was kept.").contains("Order                kept");
    }

    private Report run(Scenario scenario, String key) throws InterruptedException {
        return LoadRun.run(scenario, target(key), FaultControl.none(), progress);
    }

    static Stream<Arguments> kinds() {
        Scenario still = small("load")
                .with(Setting.CLIENTS, 10)
                .with(Setting.PUBLICATIONS, 150)
                .with(Setting.DISCONNECTS, 0)
                .with(Setting.RATE, 200);
        return Stream.of(
                Arguments.of("churn", still.with(Setting.CHURN, 3)),
                Arguments.of("storm", still.with(Setting.STORMS, 1)),
                Arguments.of("growth", still.with(Setting.GROWTH, 0.5)),
                Arguments.of("retries", still.with(Setting.PUBLISH_ATTEMPTS, 3).with(Setting.READ_BACK, 1)),
                Arguments.of("sizes", still.with(Setting.PAYLOAD, "64..9000").with(Setting.DISCONNECTS, 2)),
                Arguments.of("no recovery", still.with(Setting.DISCONNECTS, 1).with(Setting.RECOVERY, false)),
                Arguments.of(
                        "no history", still.with(Setting.NAMESPACE, "unkept").with(Setting.CHURN, 1)),
                Arguments.of("a second", still.with(Setting.PUBLICATIONS, 0).with(Setting.SECONDS, 1)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kinds")
    @Execution(ExecutionMode.CONCURRENT)
    void shouldKeepEveryPromiseInAScenarioOfEachKind(String kind, Scenario scenario) throws InterruptedException {
        // When
        Report report = run(scenario, "key");

        // Then
        assertThat(report.passed()).as(kind + "\n" + report.toText()).isTrue();
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void shouldTellTheHealthyFromTheSlowAndTheDead() throws InterruptedException {
        // Given
        Scenario scenario = small("load")
                .with(Setting.PUBLICATIONS, 120)
                .with(Setting.DISCONNECTS, 0)
                .with(Setting.SLOW, 3)
                .with(Setting.DEAD, 3);

        // When
        Report report = LoadRun.run(scenario, target("key"), this::applyAndAwaitStrikes, progress);

        // Then
        assertThat(report.passed()).as(report.toText()).isTrue();
        JsonNode struck = Json.read(report.toJson(), JsonNode.class).get("struck");
        assertThat(struck.at("/healthy_before_ms/count").asLong()).isPositive();
        assertThat(struck.at("/healthy_ms/count").asLong()).isPositive();
        assertThat(struck.get("healthy_p99_ratio").asDouble()).isPositive();
        assertThat(runtime.faults().list()).isEmpty();
    }

    /** Ends faults only when each of them has struck. */
    private void applyAndAwaitStrikes(List<String> faults, long seed) {
        Await.until(() -> runtime.faults().list().stream().allMatch(one -> one.struck() > 0));
        runtime.faults().replace(faults, seed);
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void shouldEndTheRunWhenTheClientsCannotBeStruck() {
        // Given a server that takes no faults but none
        Scenario scenario = small("load").with(Setting.DISCONNECTS, 0).with(Setting.SLOW, 1);

        // When / Then
        assertThatThrownBy(() -> run(scenario, "key"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("./carillon dev");
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void shouldMakeTheFaultsWhilePublishingOnly() throws InterruptedException {
        // Given
        List<String> told = new ArrayList<>();
        Scenario scenario = small("load").with(Setting.FAULTS, List.of("delay millis=5"));

        // When
        LoadRun.run(scenario, target("key"), (faults, seed) -> told.add(faults + " " + seed), progress);

        // Then
        assertThat(told).containsExactly("[delay millis=5] 7", "[] 7");
        assertThatThrownBy(() -> run(scenario, "key")).hasMessageContaining("./carillon dev");
    }

    @Test
    void shouldSayWhyNobodyGetsIn() {
        assertThatThrownBy(() -> run(small("closed"), "key"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("20 of 20 clients did not get in")
                .hasMessageContaining("103 permission denied");
    }

    @Test
    void shouldNameTheRemedyWhenTheNamespaceRecoversNothing() {
        assertThatThrownBy(() -> run(small("optional"), "key"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'optional' has a history and no force_recovery")
                .hasMessageContaining("--recovery=false");
        assertThatThrownBy(() -> run(small("unknown"), "key"))
                .hasMessageContaining("no namespace 'unknown'")
                .hasMessageContaining("--namespace");
    }

    @Test
    void shouldNameTheRemedyWhenTheKeyIsWrong() {
        assertThatThrownBy(() -> run(small("load"), "wrong"))
                .hasMessage("the API key was refused: name the right one with --key or --config");
    }
}
