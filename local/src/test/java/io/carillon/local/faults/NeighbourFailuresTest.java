package io.carillon.local.faults;

import static io.carillon.local.faults.UnderFaults.few;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.config.Config;
import io.carillon.local.Await;
import io.carillon.local.LocalRuntime;
import io.carillon.local.RuntimeSettings;
import io.carillon.local.aws.sns.SentPush;
import io.carillon.local.lambda.FunctionError;
import io.carillon.local.load.Setting;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What stands beside live connections fails: heartbeat, topic, mobile push, an application's backend, long-poll. */
class NeighbourFailuresTest {

    private static final int TURNS_PER_BEAT = 100;

    private static ConnectBackend backend;
    private static Config config;
    private static LocalRuntime runtime;
    private static Webhook webhook;

    @BeforeAll
    static void start() {
        backend = ConnectBackend.start();
        config = Config.read("""
                {
                  "client": {"token": {"hmac_secret_key": "secret"},
                    "proxy": {"connect": {"enabled": true, "endpoint": "%s", "timeout": "20s"}}},
                  "carillon": {"ping_interval": "120s", "events": ["connected", "disconnected"], "proxy_circuit": {"failures": 2, "open_for": "100ms"}},
                  "http_api": {"key": "key"},
                  "channel": {
                    "without_namespace":
                      {"history_size": 1000, "history_ttl": "1h", "force_recovery": true,
                       "allow_subscribe_for_client": true},
                    "namespaces": [
                      {"name": "load", "history_size": 1000, "history_ttl": "1h", "force_recovery": true,
                       "allow_subscribe_for_client": true, "carillon": {"events": ["publication"]}},
                      {"name": "told", "history_size": 1000, "history_ttl": "1h", "allow_publish_for_client": true,
                       "carillon": {"events": ["publication"]}},
                      {"name": "push", "history_size": 10, "history_ttl": "1h", "carillon": {"push": "always"}}]}
                }""".formatted(backend.url()));
        runtime = LocalRuntime.start(
                RuntimeSettings.of(config).withVisibility(Duration.ofSeconds(2)).withHeartbeat(Duration.ofHours(1)));
        webhook = Webhook.of(runtime);
    }

    @AfterAll
    static void stop() {
        runtime.close();
        webhook.close();
        backend.close();
    }

    @AfterEach
    void heal() {
        runtime.faults().replace(List.of(), 1);
    }

    @Test
    void shouldSendWhatADeadPublisherLeftWhenTheHeartbeatIsBack() {
        // Given a publication that no mailbox was told of, and a heartbeat that fails
        try (Subscriber subscriber = Subscriber.to(runtime.port(), "heartbeat")) {
            runtime.faults().replace(List.of("kill function=api at=after-append count=1"), 1);
            assertThat(Api.of(runtime.port()).publish("heartbeat", 1, "")).isGreaterThanOrEqualTo(500);
            runtime.faults().replace(List.of("clock jump=2m", "kill function=heartbeat at=start count=1"), 1);
            Await.until(() -> runtime.faults().list().getFirst().struck() == 1);
            assertThat(beats()).isFalse();
            assertThat(subscriber.data()).isEmpty();

            // When
            boolean isBack = beats();

            // Then
            assertThat(isBack).isTrue();
            Await.until(() -> subscriber.data().contains("1"));
        }
    }

    private static boolean beats() {
        try {
            runtime.beat();
            return true;
        } catch (FunctionError ignored) {
            return false;
        }
    }

    @Test
    void shouldLoseNothingWhenTheTopicOfEventsIsDown() throws InterruptedException {
        new UnderFaults(runtime, config)
                .assertPromisesHold(
                        few().with(Setting.STORMS, 1),
                        "fail service=sns every=9 count=6",
                        "throttle service=sns every=13 count=3");
    }

    @Test
    void shouldPublishAndTellLaterWhenTheTopicOfEventsIsDown() {
        // Given
        runtime.faults().replace(List.of("fail service=sns"), 1);
        String client;

        // When
        try (Subscriber subscriber = Subscriber.to(runtime.port(), "load:late")) {
            client = subscriber.client();
            int published = Api.of(runtime.port()).publish("load:late", 1, "");

            // Then
            assertThat(published).isEqualTo(200);
            Await.until(() -> subscriber.data().equals(List.of("1")));
        }
        assertThat(webhook.told("publication:load:late:")).isEmpty();
        assertThat(webhook.told("connected:" + client)).isEmpty();
        runtime.faults().replace(List.of(), 1);
        Await.until(
                "the publication", () -> !webhook.told("publication:load:late:").isEmpty());
        Await.until("the connection", () -> !webhook.told("connected:" + client).isEmpty());
        Await.until("its end", () -> !webhook.told("disconnected:" + client).isEmpty());
    }

    @Test
    void shouldTellOfEachPublicationWhenPublishersAreKilledAtAnyStep() {
        try (Subscriber client = Subscriber.to(runtime.port(), "elsewhere")) {
            // Given
            runtime.faults()
                    .replace(
                            List.of(
                                    "kill function=message at=before-enqueue every=9 count=1",
                                    "kill function=message at=after-enqueue every=8 count=1",
                                    "kill function=message at=before-append every=7 count=1",
                                    "kill function=message at=after-append every=3 count=5",
                                    "kill function=api at=after-append every=2 count=3",
                                    "kill function=deliver at=start count=1",
                                    "fail service=sns every=2 count=2"),
                            1);

            // When
            IntStream.range(0, 30).forEach(number -> client.publish("told:killed", number));
            IntStream.range(0, 10).forEach(number -> Api.of(runtime.port()).publish("told:killed", number, ""));
            Await.until("all answers", () -> client.answers() == 30);

            // Then
            Set<String> held = held("told:killed");
            Await.until(
                    "all events", () -> webhook.told("publication:told:killed:").containsAll(held));
            assertThat(webhook.told("publication:told:killed:")).isEqualTo(held);
            assertThat(held).hasSizeGreaterThan(20);
            assertThat(runtime.faults().list())
                    .allSatisfy(fault ->
                            assertThat(fault.struck()).as(fault.toString()).isPositive());
        }
    }

    /** The ids that the events of a channel's publications have. */
    private static Set<String> held(String channel) {
        JsonNode history = Api.of(runtime.port())
                .ask("history", "{\"channel\":\"" + channel + "\",\"limit\":-1}")
                .path("result");
        Set<String> held = new TreeSet<>();
        history.path("publications")
                .forEach(one -> held.add(
                        "publication:" + channel + ":" + history.path("epoch").asText() + ":"
                                + one.path("offset").asLong()));
        return held;
    }

    @Test
    void shouldSendEachNotificationOnceWhenThePushQueueTakesNothing() {
        // Given
        register("queued");
        String publish = """
                {"channel":"push:q","data":1,"idempotency_key":"k","push":{"title":"Hi","recipients":["queued"]}}""";
        runtime.faults().replace(List.of("fail service=sqs function=api count=2"), 1);

        // When
        JsonNode refused = Api.of(runtime.port()).ask("publish", publish);
        JsonNode repeated = Api.of(runtime.port()).ask("publish", publish);

        // Then
        assertThat(refused.at("/error/code").asInt()).isEqualTo(100);
        assertThat(repeated.at("/result/offset").asLong()).isEqualTo(1);
        Await.until("the notification", () -> !sentTo("queued").isEmpty());
        assertThat(sentTo("queued")).hasSize(1);
    }

    @Test
    void shouldSendInTheEndWhenThePushFunctionIsKilledAndSnsIsDown() {
        // Given
        register("killed");
        runtime.faults()
                .replace(
                        List.of(
                                "kill function=push at=start count=1",
                                "fail service=sns function=push count=1",
                                "throttle service=sns function=push every=2 count=1"),
                        1);

        // When
        JsonNode published = Api.of(runtime.port()).ask("publish", """
                {"channel":"push:k","data":1,"push":{"title":"Hi","recipients":["killed"]}}""");

        // Then
        assertThat(published.at("/result/offset").asLong()).isEqualTo(1);
        Await.until("the notification", () -> !sentTo("killed").isEmpty());
        assertThat(sentTo("killed")).hasSize(1);
    }

    @Test
    void shouldSendInTheEndWhenTheTableOfDevicesFails() {
        // Given
        register("tabled");
        runtime.faults().replace(List.of("fail service=dynamodb table=devices function=push count=1"), 1);

        // When
        Api.of(runtime.port()).ask("publish", """
                {"channel":"push:d","data":1,"push":{"title":"Hi","recipients":["tabled"]}}""");

        // Then
        Await.until("the notification", () -> !sentTo("tabled").isEmpty());
        assertThat(sentTo("tabled")).hasSize(1);
        assertThat(runtime.faults().list().getFirst().struck()).isEqualTo(1);
    }

    private static void register(String user) {
        JsonNode registered = Api.of(runtime.port()).ask("device_register", """
                {"provider":"fcm","token":"%s-phone","platform":"android","user":"%s"}""".formatted(user, user));
        assertThat(registered.has("error")).as(registered.toString()).isFalse();
    }

    private static List<SentPush> sentTo(String user) {
        return runtime.sentPushes().stream()
                .filter(push -> push.token().equals(user + "-phone"))
                .toList();
    }

    @Test
    void shouldKeepClientsAndLetNewOnesInLaterWhenTheBackendOfAProxyIsDown() {
        // Given
        try (Subscriber inside = Subscriber.to(runtime.port(), "proxied")) {

            // When
            backend.fails(true);
            int error = knock();
            int published = Api.of(runtime.port()).publish("proxied", 1, "");
            backend.fails(false);

            // Then
            assertThat(error).isEqualTo(100);
            assertThat(published).isEqualTo(200);
            Await.until(() -> inside.data().equals(List.of("1")));
            Await.until("a client to get in", () -> knock() == 0);
        }
    }

    /** Gives the error that a new client is answered; 0 for none. */
    private static int knock() {
        return Subscriber.knock(runtime.port()).at("/error/code").asInt();
    }

    @Test
    void shouldLoseNothingOverLongPollWhenTheOutboxesFail() {
        // Given
        List<String> all =
                IntStream.rangeClosed(1, 20).mapToObj(Integer::toString).toList();
        try (Poller poller = new Poller(runtime.port(), "polled")) {
            runtime.faults()
                    .replace(
                            List.of(
                                    "fail service=dynamodb table=outboxes every=3 count=10",
                                    "lose-answer service=dynamodb table=outboxes every=7 count=3"),
                            1);

            // When
            for (String number : all) {
                assertThat(Api.of(runtime.port()).publish("polled", Integer.parseInt(number), ""))
                        .isEqualTo(200);
                poller.turn();
            }

            // Then
            AtomicInteger turns = new AtomicInteger();
            Await.until("all publications", () -> {
                poller.turn();
                if (turns.incrementAndGet() % TURNS_PER_BEAT == 0) {
                    // Who could not be told to come back, nor that the connection is over, is found by the heartbeat.
                    runtime.beat();
                }
                return poller.data().size() >= all.size();
            });
            assertThat(poller.data()).isEqualTo(all);
            assertThat(runtime.faults().list())
                    .allSatisfy(fault -> assertThat(fault.struck()).isPositive());
        }
    }
}
