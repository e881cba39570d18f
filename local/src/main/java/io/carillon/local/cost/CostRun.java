package io.carillon.local.cost;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.config.Config;
import io.carillon.local.LocalRuntime;
import io.carillon.local.Probes;
import io.carillon.local.RuntimeSettings;
import io.carillon.local.client.Audience;
import io.carillon.local.files.StrictYaml;
import io.carillon.local.latency.Latency;
import io.carillon.local.latency.LatencyModel;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Runs one scenario on a runtime of its own and counts what AWS would bill for its publications. */
public final class CostRun {

    private static final long SEED = 1;

    /** Bytes of each publication's data. */
    static final int PAYLOAD = 200;

    private static final Duration NEVER = Duration.ofDays(1);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** The last delivery is written down and deleted from the queue after it was received. */
    private static final Duration QUIET = Duration.ofMillis(700);

    private static final long POLL_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    private final CostScenario scenario;
    private final Audience audience;
    private final AtomicLong received = new AtomicLong();
    private long published;

    /**
     * What a scenario is measured with.
     *
     * @param latency the delays of AWS, which functions are billed for; none for those of this machine
     */
    public record Setting(PriceList prices, Deployment deployment, Optional<LatencyModel> latency) {}

    private CostRun(CostScenario scenario, Audience audience) {
        this.scenario = scenario;
        this.audience = audience;
    }

    /**
     * Measures one scenario.
     *
     * @param deliveries how many to make at least
     * @throws IllegalStateException if the runtime refuses a client, or a delivery does not arrive
     */
    public static CostResult measure(CostScenario scenario, int deliveries, Setting setting)
            throws InterruptedException {
        Config config = config();
        Optional<Latency> latency = setting.latency().map(model -> new Latency(model, SEED));
        try (Meter meter = new Meter(setting.deployment());
                LocalRuntime runtime = LocalRuntime.start(settings(config, meter.probes(), latency));
                Audience audience =
                        new Audience(URI.create("http://127.0.0.1:" + runtime.port()), config, scenario.channel())) {
            CostRun run = new CostRun(scenario, audience);
            latency.ifPresent(delays -> delays.pause(true));
            run.setUp();
            run.publish(scenario.warmUp(), 0);
            latency.ifPresent(delays -> delays.pause(false));
            awaitQuiet(meter);
            int publications = scenario.publications(deliveries);
            Usage begin = meter.read();
            run.publish(publications, scenario.rate());
            double minutes = meter.read().since(begin).of(Billed.WEBSOCKET_CONNECTION_MINUTES);
            awaitQuiet(meter);
            Usage usage = meter.read().since(begin).with(Billed.WEBSOCKET_CONNECTION_MINUTES, minutes);
            return CostResult.of(scenario, publications, PAYLOAD, usage, setting.prices());
        }
    }

    /** Gives the configuration that is measured. */
    public static Config config() {
        return Config.read(StrictYaml.resource(CostRun.class, "scenarios.yaml", JsonNode.class));
    }

    static RuntimeSettings settings(Config config, Probes meter, Optional<Latency> latency) {
        // What the heartbeat costs depends on time and not on deliveries.
        RuntimeSettings metered = RuntimeSettings.of(config)
                .withoutThrottles()
                .withHeartbeat(NEVER)
                .withProbes(meter);
        return latency.map(delays -> delays.in(metered)).orElse(metered);
    }

    private void setUp() throws InterruptedException {
        audience.subscribe(scenario.subscribers(), data -> received.incrementAndGet());
        audience.connectPublishers(scenario.publishers());
    }

    /** Publishes, and waits until everything was answered and received. */
    private void publish(int publications, int rate) throws InterruptedException {
        List<CompletableFuture<JsonNode>> answers = new ArrayList<>();
        long began = System.nanoTime();
        for (int i = 0; i < publications; i++) {
            if (rate > 0) {
                sleepUntil(began + TimeUnit.SECONDS.toNanos(i) / rate);
            }
            answers.add(publishOne());
            if (rate == 0) {
                Audience.await(answers.getLast());
                awaitReceived();
            }
        }
        for (CompletableFuture<JsonNode> answer : answers) {
            Audience.await(answer);
        }
        awaitReceived();
    }

    private CompletableFuture<JsonNode> publishOne() {
        long number = published++;
        String data = data(number);
        return switch (scenario.by()) {
            case CLIENTS -> audience.publish(number, data);
            case SERVER -> audience.publishByServer(data);
        };
    }

    static String data(long number) {
        String head = "{\"n\":" + number + ",\"pad\":\"";
        return head + "x".repeat(PAYLOAD - head.length() - 2) + "\"}";
    }

    static void sleepUntil(long due) {
        long left = due - System.nanoTime();
        while (left > 0) {
            LockSupport.parkNanos(left);
            left = due - System.nanoTime();
        }
    }

    private void awaitReceived() {
        long expected = published * scenario.subscribers();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (received.get() < expected) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(scenario.key() + ": only " + received.get() + " of " + expected
                        + " deliveries arrived within " + PATIENCE.toSeconds() + " s");
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    /** Waits until nothing has been counted for a while. */
    static void awaitQuiet(Meter meter) throws InterruptedException {
        Usage last = meter.read();
        long since = System.nanoTime();
        while (System.nanoTime() - since < QUIET.toNanos()) {
            Thread.sleep(QUIET.dividedBy(20));
            Usage now = meter.read();
            if (now.of(Billed.LAMBDA_REQUESTS) != last.of(Billed.LAMBDA_REQUESTS)
                    || now.of(Billed.SQS_FIFO_REQUESTS) != last.of(Billed.SQS_FIFO_REQUESTS)) {
                last = now;
                since = System.nanoTime();
            }
        }
    }
}
