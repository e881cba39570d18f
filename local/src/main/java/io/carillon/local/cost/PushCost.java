package io.carillon.local.cost;

import io.carillon.config.Config;
import io.carillon.events.Json;
import io.carillon.local.LocalRuntime;
import io.carillon.local.RuntimeSettings;
import io.carillon.local.cost.CostRun.Setting;
import io.carillon.local.latency.Latency;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * What mobile push costs.
 *
 * @param alone the bill of a million notifications to one device each, with their calls
 * @param together the bill of a million notifications to devices, {@link #DEVICES} of them with one call
 */
public record PushCost(Bill alone, Bill together) {

    /** Names the scenario as the command line does. */
    public static final String KEY = "push";

    /** With more calls the local SNS would not keep all notifications. */
    public static final int MOST = 300;

    /** As many as one job takes. */
    static final int DEVICES = 25;

    private static final double MILLION = 1_000_000;
    private static final long SEED = 1;
    static final int WARM_UP = 20;
    private static final Duration NEVER = Duration.ofDays(1);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Duration GLANCE = Duration.ofMillis(20);

    /**
     * Measures it.
     *
     * @param calls how many of either kind, at most {@link #MOST}
     */
    public static PushCost measure(int calls, Setting setting) throws InterruptedException {
        Config config = CostRun.config();
        Optional<Latency> latency = setting.latency().map(model -> new Latency(model, SEED));
        try (Meter meter = new Meter(setting.deployment());
                LocalRuntime runtime = LocalRuntime.start(settings(config, meter, latency));
                HttpClient http = HttpClient.newHttpClient()) {
            Backend backend = new Backend(http, runtime, config.httpApi().key());
            List<String> users =
                    IntStream.range(0, DEVICES).mapToObj(i -> "user-" + i).toList();
            users.forEach(backend::register);
            Usage alone = used(meter, calls, backend, users.subList(0, 1));
            Usage together = used(meter, calls, backend, users);
            return new PushCost(
                    Bill.of(alone.times(MILLION / calls), setting.prices()),
                    Bill.of(together.times(MILLION / calls / DEVICES), setting.prices()));
        }
    }

    private static RuntimeSettings settings(Config config, Meter meter, Optional<Latency> latency) {
        RuntimeSettings metered =
                RuntimeSettings.of(config).withHeartbeat(NEVER).withProbes(meter.probes());
        return latency.map(delays -> delays.in(metered)).orElse(metered);
    }

    /** One after another, so that no batch of the queue saves anything. */
    private static Usage used(Meter meter, int calls, Backend backend, List<String> users) throws InterruptedException {
        for (int i = 0; i < WARM_UP; i++) {
            backend.notify(users);
        }
        CostRun.awaitQuiet(meter);
        Usage begin = meter.read();
        for (int i = 0; i < calls; i++) {
            backend.notify(users);
        }
        CostRun.awaitQuiet(meter);
        return meter.read().since(begin);
    }

    /** Writes both bills. */
    public String text() {
        StringBuilder text = new StringBuilder();
        CostText.bill(text, KEY + ": a million notifications, a call for each", alone);
        CostText.bill(text, KEY + ": a million notifications, a call for " + DEVICES, together);
        return text.toString();
    }

    /** Asks the server API. */
    private record Backend(HttpClient http, LocalRuntime runtime, String key) {

        void register(String user) {
            ask(
                    "device_register",
                    Map.of("provider", "fcm", "platform", "android", "token", "phone-of-" + user, "user", user));
        }

        void notify(List<String> users) throws InterruptedException {
            int before = runtime.sentPushes().size();
            String uid = UUID.randomUUID().toString();
            ask(
                    "send_push_notification",
                    Map.of(
                            "uid", uid,
                            "recipient", Map.of("users", users),
                            "notification", Map.of("title", "Carol", "body", "Dinner?")));
            long deadline = System.nanoTime() + PATIENCE.toNanos();
            while (runtime.sentPushes().size() < before + users.size()) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("A notification for " + users.size()
                            + " devices was not sent to all of them within " + PATIENCE.toSeconds()
                            + " s; push_status says " + ask("push_status", Map.of("uid", uid)));
                }
                Thread.sleep(GLANCE);
            }
        }

        private String ask(String method, Map<String, Object> body) {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + runtime.port() + "/api/" + method))
                    .header("X-API-Key", key)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(Json.write(body)))
                    .build();
            try {
                HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() != 200 || !answer.body().contains("\"result\"")) {
                    throw new IllegalStateException(method + " was answered " + answer.body());
                }
                return answer.body();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
    }
}
