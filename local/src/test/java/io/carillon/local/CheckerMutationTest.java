package io.carillon.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.Ports;
import io.carillon.config.Config;
import io.carillon.events.Json;
import io.carillon.local.load.FaultControl;
import io.carillon.local.load.LoadRun;
import io.carillon.local.load.Progress;
import io.carillon.local.load.Report;
import io.carillon.local.load.Scenario;
import io.carillon.local.load.Setting;
import io.carillon.local.load.Target;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Breaks Carillon on purpose, in one way at a time, and shows that a load run notices, and what it calls it. */
class CheckerMutationTest {

    private static final Config CONFIG = Config.read("""
            {
              "client": {"token": {"hmac_secret_key": "secret"}},
              "http_api": {"key": "key"},
              "channel": {"namespaces": [
                {"name": "load", "presence": true, "history_size": 1000, "history_ttl": "300s",
                 "force_recovery": true, "allow_subscribe_for_client": true}
              ]}
            }""");

    private final BrokenPorts ports = new BrokenPorts();

    /** Of each test its own, since runs wait more than they work, and go side by side. */
    private LocalRuntime runtime;

    @BeforeEach
    void start() {
        runtime = LocalRuntime.start(RuntimeSettings.of(CONFIG), ports::over);
    }

    @AfterEach
    void stop() {
        runtime.close();
    }

    private static Scenario still() {
        return Scenario.DEFAULT
                .with(Setting.CLIENTS, 6)
                .with(Setting.CHANNELS, 1)
                .with(Setting.SUBSCRIPTIONS, 1)
                .with(Setting.PUBLICATIONS, 80)
                .with(Setting.PUBLISHERS, 4)
                .with(Setting.RATE, 150)
                .with(Setting.READ_BACK, 1)
                .with(Setting.DISCONNECTS, 0)
                .with(Setting.PATIENCE, 1.5);
    }

    private Report run(Scenario scenario) throws InterruptedException {
        Target target = Target.at(URI.create("http://127.0.0.1:" + runtime.port()), CONFIG, "key");
        Progress nowhere = Progress.to(new PrintStream(OutputStream.nullOutputStream()), false);
        return LoadRun.run(scenario, target, FaultControl.none(), nowhere);
    }

    static Stream<Arguments> mutations() {
        Scenario cut = still().with(Setting.DISCONNECTS, 2);
        // Long enough for whoever was cut to be back while others still publish.
        Scenario cutAndBack = cut.with(Setting.PUBLICATIONS, 400).with(Setting.RATE, 100);
        Scenario churn = cutAndBack.with(Setting.DISCONNECTS, 0).with(Setting.CHURN, 3);
        return Stream.of(
                Arguments.of("a put is skipped", BrokenPorts.skippingPuts(), still(), "not_in_history"),
                Arguments.of("a shard's mail is dropped", BrokenPorts.droppingAShard(), still(), "lost"),
                Arguments.of("a late command wins", BrokenPorts.ignoringTheCommandVersion(), churn, "lost"),
                Arguments.of("the reply comes late", BrokenPorts.deliveringBeforeTheReply(), cutAndBack, "strays"),
                Arguments.of("a 429 is swallowed", BrokenPorts.swallowingThrottles(), still(), "lost"),
                Arguments.of("a delivery is repeated", BrokenPorts.repeatingDeliveries(), still(), "repeated"),
                Arguments.of(
                        "an old delivery is repeated",
                        BrokenPorts.repeatingFromTheStart(),
                        still().with(Setting.REPEATS, 20),
                        "unbounded_repeats"),
                Arguments.of("two are swapped", BrokenPorts.swappingPublications(), still(), "out_of_order"),
                Arguments.of(
                        "a recovery lacks its last",
                        BrokenPorts.losingARecoverysLast(),
                        cut.with(Setting.DISCONNECTS, 5),
                        "part_recoveries"),
                Arguments.of("data is rewritten", BrokenPorts.corruptingData(), still(), "corrupted"),
                Arguments.of("leaves are forgotten", BrokenPorts.forgettingLeaves(), cut, "presence_wrong"));
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void shouldPassWhileNothingIsBroken() throws InterruptedException {
        Report report =
                run(still().with(Setting.DISCONNECTS, 1).with(Setting.CHURN, 2).with(Setting.PATIENCE, 20));
        assertThat(report.passed()).as(report.toText()).isTrue();
    }

    @ParameterizedTest(name = "{0}: {3}")
    @MethodSource("mutations")
    @Execution(ExecutionMode.CONCURRENT)
    void shouldNameTheBreachWhen(String what, UnaryOperator<Ports> fault, Scenario scenario, String breach)
            throws InterruptedException {
        // Given
        ports.breakWith(fault);

        // When
        Report report = run(scenario);

        // Then
        assertThat(report.passed()).isFalse();
        JsonNode breaches = Json.read(report.toJson(), JsonNode.class).get("breaches");
        assertThat(breaches.get(breach).asLong()).as(report.toText()).isPositive();
    }
}
