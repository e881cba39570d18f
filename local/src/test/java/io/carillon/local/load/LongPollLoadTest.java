package io.carillon.local.load;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that cannot use WebSocket are promised the same: the scenarios and the checker are those of {@link LoadRunTest}. */
class LongPollLoadTest {

    private static final Config CONFIG = Config.read("""
            {
              "client": {"token": {"hmac_secret_key": "secret"}},
              "http_api": {"key": "key"},
              "carillon": {"long_poll_min_interval": "100ms", "long_poll_max_interval": "500ms",
                           "long_poll_open_limit": 0},
              "channel": {"namespaces": [
                {"name": "load", "presence": true, "history_size": 1000, "history_ttl": "300s",
                 "force_recovery": true, "allow_subscribe_for_client": true},
                {"name": "unkept", "presence": true, "allow_subscribe_for_client": true}
              ]}
            }""");

    /** Of each test its own, since runs wait more than they work, and go side by side. */
    private LocalRuntime runtime;

    @BeforeEach
    void start() {
        runtime = LocalRuntime.start(RuntimeSettings.of(CONFIG).withVisibility(Duration.ofSeconds(3)));
    }

    @AfterEach
    void stop() {
        runtime.close();
    }

    private static Scenario small() {
        return Scenario.DEFAULT
                .with(Setting.TRANSPORT, "long-poll")
                .with(Setting.CLIENTS, 12)
                .with(Setting.CHANNELS, 2)
                .with(Setting.SUBSCRIPTIONS, 1)
                .with(Setting.PUBLICATIONS, 120)
                .with(Setting.PUBLISHERS, 4)
                .with(Setting.RATE, 80)
                .with(Setting.DISCONNECTS, 0)
                .with(Setting.SEED, 7);
    }

    private Report run(Scenario scenario) throws InterruptedException {
        return run(scenario, runtime.faults()::replace);
    }

    private Report run(Scenario scenario, FaultControl faults) throws InterruptedException {
        return LoadRun.run(
                scenario,
                Target.at(URI.create("http://127.0.0.1:" + runtime.port()), CONFIG, "key"),
                faults,
                Progress.to(new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8), false));
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void shouldKeepEveryPromiseWhenConnectionsAreCut() throws InterruptedException {
        // When
        Report report = run(small().with(Setting.DISCONNECTS, 2));

        // Then
        assertThat(report.passed()).as(report.toText()).isTrue();
        JsonNode json = Json.read(report.toJson(), JsonNode.class);
        assertThat(json.at("/deliveries/received").asLong()).isEqualTo(12 * 60);
        assertThat(json.at("/deliveries/recoveries").asLong()).isPositive();
        assertThat(json.at("/presence_checked").asBoolean()).isTrue();
        assertThat(json.at("/scenario/transport").asText()).isEqualTo("long-poll");
        assertThat(runtime.gateway().connectionCount()).isZero();
    }

    static Stream<Arguments> kinds() {
        return Stream.of(
                Arguments.of("churn", small().with(Setting.CHURN, 3)),
                Arguments.of("storm", small().with(Setting.STORMS, 1)),
                Arguments.of("growth", small().with(Setting.GROWTH, 0.5)),
                Arguments.of("sizes", small().with(Setting.PAYLOAD, "64..9000").with(Setting.DISCONNECTS, 1)),
                Arguments.of("no recovery", small().with(Setting.DISCONNECTS, 1).with(Setting.RECOVERY, false)),
                Arguments.of(
                        "no history", small().with(Setting.NAMESPACE, "unkept").with(Setting.CHURN, 1)),
                Arguments.of("mixed", small().with(Setting.TRANSPORT, "mixed").with(Setting.DISCONNECTS, 1)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("kinds")
    @Execution(ExecutionMode.CONCURRENT)
    void shouldKeepEveryPromiseInAScenarioOfEachKind(String kind, Scenario scenario) throws InterruptedException {
        // When
        Report report = run(scenario);

        // Then
        assertThat(report.passed()).as(kind + "\n" + report.toText()).isTrue();
    }

    /** What fits into an outbox is less than what comes while they do not ask. */
    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void shouldOweTheSlowAllTheyMissedAndTheDeadNothing() throws InterruptedException {
        // When
        Report report =
                run(small().with(Setting.PAYLOAD, 8000).with(Setting.SLOW, 3).with(Setting.DEAD, 3));

        // Then
        assertThat(report.passed()).as(report.toText()).isTrue();
        assertThat(report.toJson()).contains("2500");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http-error status=410 function=poll every=40; http-error status=429 function=poll every=7",
                "http-error status=503 function=poll every=10; timeout function=poll after=300ms every=20",
                "kill function=poll at=start every=11; kill function=poll at=after-reply every=13",
                "lose-answer service=dynamodb function=poll every=19; fail service=dynamodb function=poll every=23",
                "lose-answer service=dynamodb function=deliver every=20 count=10; duplicate-batch every=3; overlap every=5",
                "gone every=40; callback-error status=500 every=43"
            })
    @Execution(ExecutionMode.CONCURRENT)
    void shouldKeepEveryPromiseUnderFaults(String faults) throws InterruptedException {
        assertPromisesHold(small(), List.of(faults.split("; ")));
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void shouldKeepEveryPromiseWhenADelivererIsKilledAtAnyStep() throws InterruptedException {
        // Each kill holds up one channel until its mail is handed out again: there is one for each, and some more.
        assertPromisesHold(
                small().with(Setting.CHANNELS, 6),
                List.of(
                        "kill function=deliver at=mid-delivery count=1",
                        "kill function=deliver at=before-save count=1",
                        "kill function=deliver at=after-save count=1"));
    }

    private void assertPromisesHold(Scenario base, List<String> faults) throws InterruptedException {
        // Given
        AtomicLong struck = new AtomicLong();
        Scenario scenario =
                base.with(Setting.FAULTS, faults).with(Setting.DISCONNECTS, 0.5).with(Setting.PRESENCE, false);

        // When
        Report report = run(scenario, (next, seed) -> {
            struck.addAndGet(awaitStrikes());
            runtime.faults().replace(next, seed);
        });

        // Then
        assertThat(struck).as("faults that struck").hasValue(faults.size());
        assertThat(report.passed()).as(report.toText()).isTrue();
    }

    /** Waits until each fault has struck; gives how many there are. */
    private int awaitStrikes() {
        Await.until(() -> runtime.faults().list().stream().allMatch(one -> one.struck() > 0));
        return runtime.faults().list().size();
    }
}
