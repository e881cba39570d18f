package io.carillon.local.waterfall;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.config.Config;
import io.carillon.local.LocalRuntime;
import io.carillon.local.RuntimeSettings;
import io.carillon.local.client.Audience;
import io.carillon.local.cost.CostRun;
import io.carillon.local.latency.Latency;
import io.carillon.local.latency.LatencyModel;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Publishes one by one to a channel with history, and traces each publication to its last subscriber. */
public final class WaterfallRun {

    private static final String CHANNEL = "kept:waterfall";
    private static final int WARM_UP = 30;
    private static final long SEED = 1;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration QUIET = Duration.ofMillis(150);
    private static final long POLL_NANOS = TimeUnit.MICROSECONDS.toNanos(200);
    private static final double NANOS_PER_MILLI = 1e6;

    private final int subscribers;
    private final Trace trace;
    private final Audience audience;
    private final AtomicInteger received = new AtomicInteger();
    private final AtomicInteger taken = new AtomicInteger();
    private final long[] receivedAt;

    private WaterfallRun(int subscribers, Trace trace, Audience audience) {
        this.subscribers = subscribers;
        this.trace = trace;
        this.audience = audience;
        this.receivedAt = new long[subscribers];
    }

    /**
     * What was found out.
     *
     * @param text the waterfall, drawn
     * @param p50Ms median time from publish to receive, over all publications and subscribers
     * @param p99Ms its 99th percentile
     * @param lastP50Ms median time from publish to the last subscriber's receive
     */
    public record Result(int fanOut, String text, double p50Ms, double p99Ms, double lastP50Ms) {}

    /**
     * Traces publications.
     *
     * @throws IllegalStateException if a client is refused, or a publication does not reach everybody
     */
    public static Result run(int subscribers, int publications, Optional<LatencyModel> model)
            throws InterruptedException {
        Config config = CostRun.config();
        Trace trace = new Trace();
        Optional<Latency> latency = model.map(one -> new Latency(one, SEED));
        RuntimeSettings inner = RuntimeSettings.of(config).withProbes(trace.inside());
        RuntimeSettings delayed = latency.map(delays -> delays.in(inner)).orElse(inner);
        RuntimeSettings settings = delayed.withProbes(trace.outside().around(delayed.probes()));
        try (LocalRuntime runtime = LocalRuntime.start(settings);
                Audience audience = new Audience(URI.create("http://127.0.0.1:" + runtime.port()), config, CHANNEL)) {
            WaterfallRun run = new WaterfallRun(subscribers, trace, audience);
            latency.ifPresent(delays -> delays.pause(true));
            audience.subscribe(subscribers, data -> run.receive());
            audience.connectPublishers(1);
            for (int i = 0; i < WARM_UP; i++) {
                run.publish();
            }
            latency.ifPresent(delays -> delays.pause(false));
            return run.measure(publications);
        }
    }

    private Result measure(int publications) {
        List<List<Span>> spans = new ArrayList<>();
        List<Long> sentAt = new ArrayList<>();
        List<double[]> millis = new ArrayList<>();
        for (int i = 0; i < publications; i++) {
            Published one = publish();
            spans.add(one.spans());
            sentAt.add(one.sentAt());
            millis.add(Arrays.stream(receivedAt)
                    .mapToDouble(at -> (at - one.sentAt()) / NANOS_PER_MILLI)
                    .toArray());
        }
        double[] all = millis.stream().flatMapToDouble(Arrays::stream).sorted().toArray();
        double[] last = millis.stream()
                .mapToDouble(one -> Arrays.stream(one).max().orElseThrow())
                .sorted()
                .toArray();
        return new Result(
                subscribers, WaterfallText.of(Waterfall.of(spans, sentAt)), at(all, 0.5), at(all, 0.99), at(last, 0.5));
    }

    private static double at(double[] sorted, double quantile) {
        return sorted[Math.min(sorted.length - 1, (int) (sorted.length * quantile))];
    }

    private record Published(long sentAt, List<Span> spans) {}

    /** Publishes, waits until everybody has it and everything behind it has come to rest, and gives what happened. */
    private Published publish() {
        awaitQuiet();
        trace.clear();
        taken.set(0);
        received.set(0);
        long sentAt = System.nanoTime();
        CompletableFuture<Long> replied =
                audience.publish(0, "{\"hello\":\"world\"}").thenApply(WaterfallRun::now);
        await(() -> received.get() >= subscribers && replied.isDone());
        awaitQuiet();
        List<Span> spans = new ArrayList<>(trace.spans(sentAt));
        long first = Arrays.stream(receivedAt).min().orElseThrow();
        long last = Arrays.stream(receivedAt).max().orElseThrow();
        spans.add(new Span("", "publisher has the reply", sentAt, replied.join()));
        spans.add(new Span("", "first subscriber has it", sentAt, first));
        spans.add(new Span("", "last subscriber has it", sentAt, last));
        return new Published(sentAt, spans);
    }

    private static long now(JsonNode reply) {
        return System.nanoTime();
    }

    private void receive() {
        long now = System.nanoTime();
        int place = taken.getAndIncrement();
        receivedAt[place] = now;
        // Counted only now, so that whoever waits for the last sees its time.
        received.incrementAndGet();
    }

    private void awaitQuiet() {
        await(() -> trace.quietNanos() > QUIET.toNanos());
    }

    private void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("only " + received.get() + " of " + subscribers
                        + " subscribers received a publication within " + PATIENCE.toSeconds() + " s");
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }
}
