package io.carillon.local.faults;

import static io.carillon.local.faults.UnderFaults.few;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.config.Config;
import io.carillon.local.LocalRuntime;
import io.carillon.local.RuntimeSettings;
import io.carillon.local.load.Scenario;
import io.carillon.local.load.Setting;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * One scenario for each row of {@code docs/operations/failures.md}: a component fails while clients are connected and
 * publishers publish, and everything that every client saw is checked against the promises.
 */
class FailuresTest {

    private static final Config CONFIG = Config.read("""
            {
              "client": {"token": {"hmac_secret_key": "secret"}, "allow_anonymous_connect_without_token": true},
              "carillon": {"ping_interval": "120s"},
              "http_api": {"key": "key"},
              "channel": {
                "without_namespace":
                  {"history_size": 1000, "history_ttl": "1h", "force_recovery": true,
                   "allow_subscribe_for_client": true, "allow_subscribe_for_anonymous": true},
                "namespaces": [
                  {"name": "load", "history_size": 1000, "history_ttl": "1h", "force_recovery": true,
                   "allow_subscribe_for_client": true}]}
            }""");

    /** Scenarios wait more than they work, so two run side by side, each in a runtime that nobody else uses meanwhile. */
    private static final BlockingQueue<LocalRuntime> IDLE = new LinkedBlockingQueue<>();

    private static final int SIDE_BY_SIDE = 2;

    @BeforeAll
    static void start() {
        for (int i = 0; i < SIDE_BY_SIDE; i++) {
            // A client that neither 2500 nor the end of its connection gets through to is found by the heartbeat.
            IDLE.add(LocalRuntime.start(RuntimeSettings.of(CONFIG)
                    .withVisibility(Duration.ofSeconds(2))
                    .withHeartbeat(Duration.ofSeconds(5))));
        }
    }

    @AfterAll
    static void stop() {
        IDLE.forEach(LocalRuntime::close);
    }

    private interface Use<T> {

        T of(LocalRuntime runtime) throws InterruptedException;
    }

    private static <T> T inARuntime(Use<T> use) throws InterruptedException {
        LocalRuntime runtime = IDLE.take();
        try {
            return use.of(runtime);
        } finally {
            runtime.faults().replace(List.of(), 1);
            IDLE.add(runtime);
        }
    }

    private static JsonNode assertPromisesHold(Scenario scenario, String... faults) throws InterruptedException {
        return inARuntime(runtime -> new UnderFaults(runtime, CONFIG).assertPromisesHold(scenario, faults));
    }

    @SideBySide
    void shouldLoseNothingWhenDynamoDbIsDownThrottlesOrLosesAnswers() throws InterruptedException {
        assertPromisesHold(
                few(),
                "fail service=dynamodb for=300ms",
                "throttle service=dynamodb every=25 count=4",
                "lose-answer service=dynamodb every=40 count=3");
    }

    @SideBySide
    void shouldLoseNothingWhenOneTableAfterAnotherFails() throws InterruptedException {
        assertPromisesHold(
                few().with(Setting.STORMS, 1),
                "fail service=dynamodb table=connections every=5 count=2",
                "fail service=dynamodb table=subscriptions every=2 count=2",
                "fail service=dynamodb table=channels every=20 count=4",
                "fail service=dynamodb table=publications every=20 count=4");
    }

    @SideBySide
    void shouldLoseNothingWhenSqsTakesNoMail() throws InterruptedException {
        assertPromisesHold(few(), "fail service=sqs for=300ms", "throttle service=sqs every=9 count=5");
    }

    @SideBySide
    void shouldLoseNothingWhenSqsHandsOutMailLateOrTwice() throws InterruptedException {
        assertPromisesHold(
                few(),
                "fail service=sqs function=poller count=8",
                "duplicate-batch every=3",
                "overlap every=4 count=1");
    }

    @SideBySide
    void shouldLoseNothingWhenADelivererIsKilledAtAnyStep() throws InterruptedException {
        // Each kill holds up one channel until its mail is handed out again: there is one for each, and some more.
        assertPromisesHold(
                few().with(Setting.CLIENTS, 10).with(Setting.CHANNELS, 10),
                "kill function=deliver at=start count=1",
                "kill function=deliver at=mid-delivery count=1",
                "kill function=deliver at=before-save count=1",
                "kill function=deliver at=after-save count=1",
                "kill function=deliver at=after-reply count=1");
    }

    @SideBySide
    void shouldLoseNothingWhenAPublisherIsKilledAtAnyStep() throws InterruptedException {
        assertPromisesHold(
                few().with(Setting.PUBLICATIONS, 100),
                "kill function=api at=start every=31 count=2",
                "kill function=api at=before-append every=17 count=2",
                "kill function=api at=after-append every=19 count=2",
                "kill function=api at=before-enqueue every=23 count=2",
                "kill function=api at=after-enqueue every=29 count=2",
                "kill function=api at=after-reply every=30 count=2");
    }

    @SideBySide
    void shouldLetClientsInWhenTheFunctionsOfTheirConnectionsAreKilled() throws InterruptedException {
        assertPromisesHold(
                few().with(Setting.STORMS, 1),
                "kill function=connect at=start count=1",
                "kill function=message at=start count=1",
                "kill function=message at=after-enqueue count=1",
                "kill function=disconnect at=start count=2");
    }

    @SideBySide
    void shouldOnlyBeLateWhenFunctionsAreSlow() throws InterruptedException {
        assertPromisesHold(
                few().with(Setting.STORMS, 1),
                "cold-start function=deliver delay=200ms every=4",
                "cold-start function=message delay=500ms every=2",
                "cold-start function=api delay=200ms every=20");
    }

    @SideBySide
    void shouldLoseNothingWhenPostsFailOrAreThrottled() throws InterruptedException {
        assertPromisesHold(
                few(),
                "callback-error status=500 every=5 count=3",
                "callback-error status=503 every=6 count=3",
                "callback-error status=429 every=7 count=10",
                "gone every=8 count=3");
    }

    @SideBySide
    void shouldComeBackAndRecoverWhenAZoneFails() throws InterruptedException {
        JsonNode report = assertPromisesHold(
                few().with(Setting.CLIENTS, 9),
                "cut every=200ms probability=0.34 count=2",
                "kill function=deliver at=mid-delivery every=3 count=1",
                "kill function=api at=after-append every=30",
                "throttle service=dynamodb every=40 count=5");
        assertThat(report.at("/connections/drops").asLong()).isPositive();
        assertThat(report.at("/deliveries/recoveries").asLong()).isPositive();
    }

    @SideBySide
    void shouldComeBackAndRecoverWhenConnectionsEndAndNobodyIsTold() throws InterruptedException {
        JsonNode report = assertPromisesHold(few(), "cut-all every=200ms count=1", "drop-disconnect");
        assertThat(report.at("/deliveries/recoveries").asLong()).isPositive();
    }

    @SideBySide
    void shouldKeepDeliveringWhileTheAccountsConcurrencyIsUsedUp() throws InterruptedException {
        RuntimeSettings usual = RuntimeSettings.of(CONFIG).withVisibility(Duration.ofSeconds(2));
        RuntimeSettings narrow = new RuntimeSettings(
                CONFIG,
                usual.gateway(),
                usual.storage(),
                usual.heartbeat(),
                3,
                usual.clock(),
                usual.probes(),
                usual.faults(),
                usual.description());
        try (LocalRuntime crowded = LocalRuntime.start(narrow)) {
            new UnderFaults(crowded, CONFIG).assertPromisesHold(few().with(Setting.PUBLICATIONS, 30));
        }
    }

    @SideBySide
    void shouldGoOnWhenTheClockJumps() throws InterruptedException {
        assertPromisesHold(few(), "clock jump=5m at=200ms");
    }
}
