package io.carillon.benchmarks;

import io.carillon.config.Config;
import io.carillon.local.LocalRuntime;
import io.carillon.local.RuntimeSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/**
 * Counts the frames that a subscriber of the local runtime gets per publication. Each frame is one post, which is what a
 * delivery costs, so fewer are better; the busier a channel and the slower its delivery, the more share a frame.
 */
final class FramesBenchmark implements Benchmark {

    private static final int SUBSCRIBERS = 10;
    private static final int[] RATES = {1, 10, 100};
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Config CONFIG = Config.read("""
            {"client":{"allow_anonymous_connect_without_token":true},
             "http_api":{"key":"bench"},
             "channel":{"namespaces":[{"name":"bench","history_size":1000,"history_ttl":"300s",
               "allow_subscribe_for_client":true,"allow_subscribe_for_anonymous":true}]}}""");

    @Override
    public String name() {
        return "frames";
    }

    @Override
    public String about() {
        return "frames per publication and subscriber in one channel, at rising rates";
    }

    @Override
    public void run(Effort effort, PrintWriter out) throws IOException, InterruptedException {
        try (LocalRuntime runtime = LocalRuntime.start(RuntimeSettings.of(CONFIG));
                HttpClient http = HttpClient.newHttpClient()) {
            out.printf("  %-20s %14s %14s %22s%n", "publications/s", "publications", "frames", "frames/publication");
            for (int rate : RATES) {
                measure(rate, effort, runtime, http, out);
            }
        }
    }

    private static void measure(int rate, Effort effort, LocalRuntime runtime, HttpClient http, PrintWriter out)
            throws InterruptedException {
        int publications = Math.max(2, Math.toIntExact(rate * effort.round().toMillis() * effort.rounds() / 1_000));
        String channel = "bench:" + rate;
        List<Listener> listeners = new ArrayList<>();
        for (int i = 0; i < SUBSCRIBERS; i++) {
            listeners.add(Listener.subscribe(http, runtime.port(), channel));
        }
        publish(rate, publications, channel, runtime, http);
        long frames = 0;
        for (Listener listener : listeners) {
            listener.await(publications, PATIENCE);
            frames += listener.frames();
            listener.close();
        }
        double perSubscriber = (double) frames / SUBSCRIBERS;
        out.printf(
                Locale.ROOT,
                "  %-20d %,14d %,14.1f %22.2f%n",
                rate,
                publications,
                perSubscriber,
                perSubscriber / publications);
        out.flush();
    }

    private static void publish(int rate, int publications, String channel, LocalRuntime runtime, HttpClient http) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + runtime.port() + "/api/publish"))
                .header("X-API-Key", "bench")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"channel\":\"" + channel + "\",\"data\":{\"text\":\"hello\"}}"))
                .build();
        long began = System.nanoTime();
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < publications; i++) {
            long due = began + i * 1_000_000_000L / rate;
            while (System.nanoTime() - due < 0) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            answers.add(http.sendAsync(request, HttpResponse.BodyHandlers.ofString()));
        }
        for (CompletableFuture<HttpResponse<String>> answer : answers) {
            String body = answer.join().body();
            if (!body.contains("\"offset\"")) {
                throw new IllegalStateException("A publish call was refused: " + body);
            }
        }
    }
}
