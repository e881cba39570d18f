package io.carillon.local.cost;

import io.carillon.config.Config;
import io.carillon.local.LocalRuntime;
import io.carillon.local.client.Audience;
import io.carillon.local.client.PollClient;
import io.carillon.local.cost.CostRun.Setting;
import io.carillon.local.latency.Latency;
import io.carillon.token.TokenIssuer;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a client costs that cannot use WebSocket.
 *
 * @param empty the bill of a million polls that find nothing
 * @param delivered the bill of a million publications of 200 bytes to one subscriber in a channel with history, each
 *     fetched by one poll and acknowledged by the next, without what the publish call itself costs
 */
public record LongPollCost(Bill empty, Bill delivered) {

    /** Names the scenario as the command line does. */
    public static final String KEY = "long-poll";

    private static final double MILLION = 1_000_000;
    private static final double SECONDS_PER_HOUR = 3600;
    private static final long SEED = 1;
    private static final int WARM_UP = 100;
    private static final Duration DELIVERED = Duration.ofMillis(200);
    static final String CHANNEL = "kept:long-poll";

    /**
     * Measures it.
     *
     * @param polls how many polls without and how many publications
     */
    public static LongPollCost measure(int polls, Setting setting) throws InterruptedException {
        int warmUp = Math.min(WARM_UP, polls);
        Config config = CostRun.config();
        Optional<Latency> latency = setting.latency().map(model -> new Latency(model, SEED));
        try (Meter meter = new Meter(setting.deployment());
                LocalRuntime runtime = LocalRuntime.start(CostRun.settings(config, meter.probes(), latency));
                HttpClient http = HttpClient.newHttpClient()) {
            URI server = URI.create("http://127.0.0.1:" + runtime.port());
            PollClient client = subscribe(http, server, config);
            Usage empty = used(meter, warmUp, polls, client::poll);
            Usage published;
            Usage both;
            try (Audience audience = new Audience(server, config, CHANNEL)) {
                both = used(meter, warmUp, polls, () -> {
                    Audience.await(audience.publishByServer(CostRun.data(1)));
                    return awaitOne(client);
                });
            }
            try (Audience audience = new Audience(server, config, "kept:nobody")) {
                published = used(meter, warmUp, polls, () -> {
                    Audience.await(audience.publishByServer(CostRun.data(1)));
                    return List.of();
                });
            }
            double factor = MILLION / polls;
            return new LongPollCost(
                    Bill.of(empty.times(factor), setting.prices()),
                    Bill.of(both.since(published).times(factor), setting.prices()));
        }
    }

    private interface Step {
        List<String> take() throws InterruptedException;
    }

    private static Usage used(Meter meter, int before, int measured, Step step) throws InterruptedException {
        for (int i = 0; i < before; i++) {
            step.take();
        }
        CostRun.awaitQuiet(meter);
        Usage begin = meter.read();
        for (int i = 0; i < measured; i++) {
            step.take();
        }
        CostRun.awaitQuiet(meter);
        return meter.read().since(begin);
    }

    /** Asks until something has come; that a poll comes too early is a matter of the client's interval. */
    private static List<String> awaitOne(PollClient client) throws InterruptedException {
        // Later than the deliverer, so that one poll is enough nearly always.
        Thread.sleep(DELIVERED);
        List<String> lines = client.poll();
        while (lines.isEmpty()) {
            Thread.sleep(DELIVERED);
            lines = client.poll();
        }
        return lines;
    }

    /** Opens a connection that has subscribed. */
    static PollClient subscribe(HttpClient http, URI server, Config config) throws InterruptedException {
        TokenIssuer tokens = TokenIssuer.of(config.client(), InstantSource.system());
        PollClient client = PollClient.open(http, server);
        client.send("{\"id\":1,\"connect\":{\"token\":\""
                + tokens.connection("polling").expiresIn(Duration.ofDays(1)).sign() + "\"}}\n"
                + "{\"id\":2,\"subscribe\":{\"channel\":\"" + CHANNEL + "\"}}");
        while (client.poll().stream().noneMatch(line -> line.contains("\"subscribe\""))) {
            Thread.sleep(DELIVERED);
        }
        return client;
    }

    /** Gives what a connected hour costs in which a client asks each so many milliseconds and finds nothing, in dollars. */
    public double hour(Duration interval) {
        return empty.total()
                / MILLION
                * SECONDS_PER_HOUR
                * Duration.ofSeconds(1).toMillis()
                / interval.toMillis();
    }

    /** Writes both bills, and hours at some intervals. */
    public String text() {
        StringBuilder text = new StringBuilder();
        CostText.bill(text, KEY + ": a million polls that find nothing", empty);
        CostText.bill(text, KEY + ": a million publications fetched one by one, without the publish calls", delivered);
        for (long millis : new long[] {500, 1_000, 5_000}) {
            text.append(String.format(
                    Locale.ROOT,
                    "  a connected hour, asking every %,5d ms: $ %.5f%n",
                    millis,
                    hour(Duration.ofMillis(millis))));
        }
        return text.toString();
    }
}
