package io.carillon.local.load;

import io.carillon.config.ChannelOptions;
import io.carillon.config.Channels;
import io.carillon.config.RefusedChannel;
import io.carillon.config.ResolvedChannel;
import io.carillon.local.load.Attempt.Outcome.Accepted;
import io.carillon.token.TokenIssuer;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Runs a scenario against a server: connects the clients, publishes while some lose their connections, waits until all
 * are back, and checks everything that was seen.
 */
public final class LoadRun {

    /** Longer than a client's longest pause between two attempts, and a timeout. */
    private static final Duration PATIENCE = Duration.ofSeconds(45);

    /** How long nothing may come any more, before it is taken that nothing will. */
    private static final Duration QUIET = Duration.ofSeconds(1);

    /** How many clients may be on their way in: a storm of connects is another scenario. */
    private static final int AT_A_TIME = 20;

    private static final Duration PRESENCE_PATIENCE = Duration.ofSeconds(15);
    private static final Duration POLL = Duration.ofMillis(20);

    private final Scenario scenario;
    private final Target target;
    private final Progress progress;
    private final long began = System.nanoTime();
    private final String run = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
    private final Tally tally = new Tally();
    private final HttpClient sockets = HttpClient.newHttpClient();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ScheduledExecutorService timers = Executors.newScheduledThreadPool(
            2, Thread.ofPlatform().name("load-", 0).daemon().factory());
    private final ServerApi api;
    private final List<Diary> diaries = new ArrayList<>();
    private final List<LoadClient> clients = new ArrayList<>();

    private LoadRun(Scenario scenario, Target target, Progress progress) {
        this.scenario = scenario;
        this.target = target;
        this.progress = progress;
        this.api = new ServerApi(http, target, this::now);
    }

    /**
     * Runs a scenario to its end.
     *
     * @throws IllegalStateException if it cannot begin, with what to do about it
     */
    public static Report run(Scenario scenario, Target target, Progress progress) throws InterruptedException {
        LoadRun run = new LoadRun(scenario, target, progress);
        try {
            return run.toEnd();
        } finally {
            run.close();
        }
    }

    private Report toEnd() throws InterruptedException {
        require(namespaceProblem());
        require(api.problem());
        progress.start(timers, scenario, tally);
        progress.phase("connecting");
        connect();
        progress.phase("publishing");
        Cuts cuts = new Cuts(scenario, victim -> clients.get(victim).cut());
        List<Attempt> attempts = new Publishers(scenario, run, api, cuts, tally, this::now).publishAll();
        progress.phase("catching up");
        Map<String, Long> tops = tops(attempts);
        awaitAll(tops);
        awaitWhileAnythingHappens(QUIET, () -> false);
        Map<String, Set<String>> presence = presence();
        long endedAt = now();
        clients.forEach(LoadClient::close);
        progress.phase("checking");
        Observed observed =
                new Observed(attempts, diaries.stream().map(Diary::read).toList(), presence, window(), endedAt);
        return Report.of(scenario, target, observed);
    }

    private static void require(Optional<String> problem) {
        problem.ifPresent(text -> {
            throw new IllegalStateException(text);
        });
    }

    private long now() {
        return System.nanoTime() - began;
    }

    private void connect() throws InterruptedException {
        TokenIssuer tokens = new TokenIssuer(target.config().client().token().hmacSecretKey(), InstantSource.system());
        LongSupplier clock = this::now;
        LoadClient.Surroundings surroundings = new LoadClient.Surroundings(sockets, target.webSocket(), timers, clock);
        for (int i = 0; i < scenario.clients(); i++) {
            String name = "load-" + i;
            List<String> channels = scenario.channelsOf(run, i);
            Diary diary = new Diary(name, channels, tally);
            String token = tokens.connection(name).expiresIn(Duration.ofDays(1)).sign();
            LoadClient client = new LoadClient(surroundings, token, channels, diary, scenario.seed() * 31 + i);
            diaries.add(diary);
            clients.add(client);
            client.connect();
            if (i >= AT_A_TIME) {
                LoadClient earlier = clients.get(i - AT_A_TIME);
                awaitWhileAnythingHappens(PATIENCE, () -> earlier.isHopeless() || earlier.hasReached(Map.of()));
            }
        }
        awaitAll(Map.of());
        long missing =
                clients.stream().filter(client -> !client.hasReached(Map.of())).count();
        if (missing > 0) {
            throw new IllegalStateException(missing + " of " + scenario.clients()
                    + " clients did not get in. They saw: "
                    + Figures.of(observedSoFar()).errors());
        }
    }

    private Observed observedSoFar() {
        return new Observed(List.of(), diaries.stream().map(Diary::read).toList(), Map.of(), 0, now());
    }

    private static Map<String, Long> tops(List<Attempt> attempts) {
        Map<String, Long> tops = new HashMap<>();
        for (Attempt attempt : attempts) {
            if (attempt.outcome() instanceof Accepted accepted) {
                tops.merge(attempt.channel(), accepted.position().offset(), Math::max);
            }
        }
        return tops;
    }

    private void awaitAll(Map<String, Long> offsets) throws InterruptedException {
        awaitWhileAnythingHappens(
                PATIENCE, () -> clients.stream().allMatch(client -> client.isHopeless() || client.hasReached(offsets)));
    }

    /** Waits for a condition, for as long as no more than {@code patience} passes in which nothing happens. */
    private void awaitWhileAnythingHappens(Duration patience, BooleanSupplier condition) throws InterruptedException {
        long events = tally.events();
        long since = now();
        while (!condition.getAsBoolean() && now() - since < patience.toNanos()) {
            Thread.sleep(POLL);
            if (tally.events() != events) {
                events = tally.events();
                since = now();
            }
        }
    }

    /** Asks who is there, again and again for a while if it is not right: a lost connection may be noticed late. */
    private Map<String, Set<String>> presence() throws InterruptedException {
        Map<String, Set<String>> said = new HashMap<>();
        long deadline = now() + PRESENCE_PATIENCE.toNanos();
        for (int i = 0; i < scenario.channels(); i++) {
            String channel = scenario.channel(run, i);
            Set<String> expected = subscribed(channel);
            Optional<Set<String>> answer = api.presence(channel);
            while (answer.isPresent() && !answer.get().equals(expected) && now() < deadline) {
                Thread.sleep(POLL);
                answer = api.presence(channel);
            }
            answer.ifPresent(ids -> said.put(channel, ids));
        }
        return said;
    }

    private Set<String> subscribed(String channel) {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < clients.size(); i++) {
            if (scenario.channelsOf(run, i).contains(channel)) {
                clients.get(i).clientId().ifPresent(ids::add);
            }
        }
        return ids;
    }

    /** How many missed publications a recovery must bring, by the configuration. */
    private long window() {
        int limit = target.config().client().recoveryMaxPublicationLimit();
        return options().map(options -> Math.min(limit, options.historySize())).orElse(limit);
    }

    private Optional<String> namespaceProblem() {
        if (options().map(ChannelOptions::forceRecovery).orElse(false)) {
            return Optional.empty();
        }
        return Optional.of("the namespace '" + scenario.namespace() + "' has no force_recovery in the configuration:"
                + " name another one with --namespace, or another configuration with --config");
    }

    private Optional<ChannelOptions> options() {
        return switch (new Channels(target.config()).resolve(scenario.channel(run, 0))) {
            case ResolvedChannel channel -> Optional.of(channel.options());
            case RefusedChannel refused -> Optional.empty();
        };
    }

    private void close() {
        clients.forEach(LoadClient::close);
        timers.shutdownNow();
        sockets.shutdownNow();
        http.shutdownNow();
        progress.end();
    }
}
