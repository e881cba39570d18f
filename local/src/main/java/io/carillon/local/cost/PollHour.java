package io.carillon.local.cost;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.config.Config;
import io.carillon.local.LocalRuntime;
import io.carillon.local.Probes;
import io.carillon.local.client.Audience;
import io.carillon.local.client.PollClient;
import io.carillon.local.client.PollPace;
import io.carillon.local.cost.CostRun.Setting;
import io.carillon.local.latency.Latency;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/**
 * Watches one long-poll client for a while, on a runtime with one of the designs, and scales what its requests used to an
 * hour. Watch once; not for use by several threads.
 */
final class PollHour implements AutoCloseable {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final long SEED = 1;

    /** What a client sends when it was pinged: nothing comes of it but that what it has received is dropped. */
    private static final String PONG = "{}";

    private final Deque<Runnable> closings = new ArrayDeque<>();
    private final PollDesign design;
    private final PollTrial trial;
    private final PriceList prices;
    private final Meter meter;
    private final Audience audience;
    private final PollClient client;

    /** Starts a runtime, and subscribes a client. */
    PollHour(PollDesign design, PollTrial trial, Setting setting) throws InterruptedException {
        this.design = design;
        this.trial = trial;
        prices = setting.prices();
        meter = new Meter(setting.deployment());
        closings.push(meter::close);
        try {
            Config config = CostRun.config();
            Probes probes = PollProbes.of(meter.probes(), deployed -> design.serve(deployed, trial.hold()));
            LocalRuntime runtime = LocalRuntime.start(
                    CostRun.settings(config, probes, setting.latency().map(model -> new Latency(model, SEED))));
            closings.push(runtime::close);
            URI server = URI.create("http://127.0.0.1:" + runtime.port());
            HttpClient http = HttpClient.newHttpClient();
            closings.push(http::shutdownNow);
            audience = new Audience(server, config, LongPollCost.CHANNEL);
            closings.push(audience::close);
            audience.connectPublishers(1);
            client = LongPollCost.subscribe(http, server, config);
            client.send(PONG);
        } catch (InterruptedException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** What the client does for a while. */
    @FunctionalInterface
    private interface Doing {
        void take() throws InterruptedException;
    }

    /** Gives the bill of an hour in which nothing comes. */
    Bill idle() throws InterruptedException {
        return watch(this::pollInVain);
    }

    /** Gives the bill of an hour in which publications come all the time. */
    Bill active() throws InterruptedException {
        return watch(this::pollPublications);
    }

    private Bill watch(Doing doing) throws InterruptedException {
        CostRun.awaitQuiet(meter);
        Usage begin = meter.read();
        long began = System.nanoTime();
        doing.take();
        double hours = (double) (System.nanoTime() - began) / HOUR.toNanos();
        CostRun.awaitQuiet(meter);
        // All meters of this JVM hear the same log; a poll that succeeds writes no line.
        Usage used = meter.read().since(begin).with(Billed.LOG_GIGABYTES, 0);
        return Bill.of(used.times(1 / hours), prices);
    }

    private void pollInVain() throws InterruptedException {
        PollPace pace = new PollPace(trial.asks());
        while (pace.next().compareTo(trial.asks().max()) < 0) {
            pace.polled(false);
        }
        long began = System.nanoTime();
        while (System.nanoTime() - began < trial.idle().toNanos()) {
            pollOnce(pace);
        }
    }

    /** Ends when the last publication has come: its acknowledgement would go with the next poll. */
    private void pollPublications() throws InterruptedException {
        FutureTask<Void> publishing = new FutureTask<>(this::publish);
        Thread.startVirtualThread(publishing);
        PollPace pace = new PollPace(trial.asks());
        Duration patience = trial.every().multipliedBy(trial.messages()).plus(PATIENCE);
        long deadline = System.nanoTime() + patience.toNanos();
        int received = 0;
        while (received < trial.messages()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("only " + received + " of " + trial.messages()
                        + " publications came within " + patience.toSeconds() + " s");
            }
            received += pollOnce(pace);
            if (publishing.state() == Future.State.FAILED) {
                throw new IllegalStateException("a publication failed", publishing.exceptionNow());
            }
        }
    }

    /** Waits as the design's client would, asks, and gives how many publications that brought. */
    private int pollOnce(PollPace pace) throws InterruptedException {
        Thread.sleep(design.pause(pace));
        int publications = (int)
                client.poll().stream().filter(line -> line.contains("\"pub\"")).count();
        pace.polled(publications > 0);
        return publications;
    }

    private Void publish() throws InterruptedException {
        List<CompletableFuture<JsonNode>> answers = new ArrayList<>();
        long began = System.nanoTime();
        for (int i = 0; i < trial.messages(); i++) {
            CostRun.sleepUntil(began + trial.every().multipliedBy(i + 1L).toNanos());
            answers.add(audience.publish(i, CostRun.data(i)));
        }
        for (CompletableFuture<JsonNode> answer : answers) {
            Audience.await(answer);
        }
        return null;
    }

    @Override
    public void close() {
        closings.forEach(Runnable::run);
        closings.clear();
    }
}
