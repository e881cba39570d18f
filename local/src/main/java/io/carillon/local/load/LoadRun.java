package io.carillon.local.load;

import io.carillon.config.ChannelOptions;
import io.carillon.config.Channels;
import io.carillon.config.RefusedChannel;
import io.carillon.config.ResolvedChannel;
import io.carillon.local.faults.HistoryExpiry;
import io.carillon.local.load.Attempt.Outcome.Accepted;
import io.carillon.local.load.Observed.Rules;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/**
 * Runs a scenario against a server: connects the clients, publishes while some lose their connections, leave and come
 * back, waits until all are back, and checks everything that was seen.
 */
public final class LoadRun {

    /** How long nothing may come any more, before it is taken that nothing will. */
    private static final Duration QUIET = Duration.ofSeconds(1);

    /** How many clients may be on their way in: a storm of connects is another scenario. */
    private static final int AT_A_TIME = 20;

    /** Whoever is refused is known at once, so this is for a server that is slow to warm up. */
    private static final Duration CONNECT_PATIENCE = Duration.ofSeconds(45);

    private static final Duration PRESENCE_PATIENCE = Duration.ofSeconds(15);
    private static final Duration PRESENCE_PATIENCE_WITH_FAULTS = Duration.ofSeconds(70);

    /** Whoever keeps losing its connection after the last publication is not awaited longer. */
    private static final Duration COMING_BACK = Duration.ofMinutes(5);

    private static final Duration POLL = Duration.ofMillis(20);

    private final Scenario scenario;
    private final Target target;
    private final RunFaults faults;
    private final Progress progress;
    private final Duration patience;
    private final Optional<ChannelOptions> options;
    private final long began = System.nanoTime();
    private final String run = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
    private final Tally tally = new Tally();
    private final HttpClient sockets =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ScheduledExecutorService timers = Executors.newScheduledThreadPool(
            2, Thread.ofPlatform().name("load-", 0).daemon().factory());
    private final Patience waiting = new Patience(this::now, tally::events, () -> Thread.sleep(POLL));
    private final ServerApi api;
    private final Crowd crowd;
    private final PresenceWatch presence;

    private LoadRun(Scenario scenario, Target target, FaultControl control, Progress progress) {
        this.scenario = scenario;
        this.target = target;
        this.faults = new RunFaults(scenario, run, control, this::now);
        this.progress = progress;
        this.patience = Duration.ofMillis((long) (scenario.decimal(Setting.PATIENCE) * 1_000));
        this.options = options();
        this.api = new ServerApi(http, target, this::now);
        this.crowd = new Crowd(scenario, run, faults, target, sockets, timers, tally, this::now);
        this.presence = new PresenceWatch(scenario, run, api, this::now);
    }

    /**
     * Runs a scenario to its end.
     *
     * @param faults makes the scenario's faults, if it has some, from the first publication to the last
     * @throws IllegalStateException if it cannot begin, with what to do about it
     */
    public static Report run(Scenario scenario, Target target, FaultControl faults, Progress progress)
            throws InterruptedException {
        LoadRun run = new LoadRun(scenario, target, faults, progress);
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
        boolean watchesPresence = watchesPresence();
        if (watchesPresence) {
            presence.start();
        }
        Publishers.Result published = publish();
        progress.phase("catching up");
        Map<String, Long> tops = tops(published.attempts());
        waiting.awaitLasting(patience, shorter(patience, QUIET), COMING_BACK, () -> crowd.haveAllReached(tops));
        List<PresenceSample> samples = presence.stop();
        Map<String, Set<String>> present = watchesPresence
                ? presence.atEnd(crowd.clients(), presencePatience().toNanos())
                : Map.of();
        long endedAt = now();
        crowd.close();
        progress.phase("checking");
        return Report.of(
                scenario,
                target,
                new Observed(
                        rules(),
                        published.attempts(),
                        published.readBacks(),
                        crowd.witnesses(),
                        present,
                        samples,
                        faults.struckAt(),
                        endedAt));
    }

    private Publishers.Result publish() throws InterruptedException {
        Happenings happenings = new Happenings(scenario, crowd);
        Publishers publishers = new Publishers(scenario, run, api, happenings::upTo, kept(), tally, this::now);
        faults.begin();
        try {
            return publishers.publishAll();
        } finally {
            faults.end();
            crowd.relieve();
        }
    }

    private Duration presencePatience() {
        return hasFaults() ? PRESENCE_PATIENCE_WITH_FAULTS : shorter(patience, PRESENCE_PATIENCE);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
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
        int first = scenario.early();
        for (int i = 0; i < first; i++) {
            crowd.connect(i);
            if (i >= AT_A_TIME) {
                int earlier = i - AT_A_TIME;
                waiting.await(CONNECT_PATIENCE, () -> crowd.isSettled(earlier));
            }
        }
        for (int i = Math.max(0, first - AT_A_TIME); i < first; i++) {
            int late = i;
            waiting.await(CONNECT_PATIENCE, () -> crowd.isSettled(late));
        }
        long missing = crowd.missing(first);
        if (missing > 0) {
            throw new IllegalStateException(missing + " of " + first + " clients did not get in. They saw: "
                    + Figures.of(observedSoFar()).errors());
        }
    }

    private Observed observedSoFar() {
        return new Observed(
                rules(), List.of(), List.of(), crowd.witnesses(), Map.of(), List.of(), OptionalLong.empty(), now());
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

    private Rules rules() {
        int limit = target.config().client().recoveryMaxPublicationLimit();
        return new Rules(kept() > 0, Math.min(limit, kept()), scenario.repeats(), hasFaults(), expires());
    }

    private boolean expires() {
        return options.filter(ChannelOptions::hasHistory)
                .filter(kept -> HistoryExpiry.isIn(scenario.faults(), kept.historyTtl()))
                .isPresent();
    }

    private boolean hasFaults() {
        return !scenario.faults().isEmpty();
    }

    private boolean watchesPresence() {
        return scenario.presence() && options.map(ChannelOptions::presence).orElse(false);
    }

    /** How many publications the history keeps, by the configuration; 0 for none. */
    private long kept() {
        return options.filter(ChannelOptions::hasHistory)
                .map(ChannelOptions::historySize)
                .orElse(0);
    }

    private Optional<String> namespaceProblem() {
        String remedy = ": name another one with --namespace, or another configuration with --config";
        if (options.isEmpty()) {
            return Optional.of("the configuration has no namespace '" + scenario.namespace() + "'" + remedy);
        }
        boolean asks = scenario.is(Setting.RECOVERY) && options.get().hasHistory();
        return asks && !options.get().forceRecovery()
                ? Optional.of("the namespace '" + scenario.namespace() + "' has a history and no force_recovery"
                        + remedy + ", or add --recovery=false")
                : Optional.empty();
    }

    private Optional<ChannelOptions> options() {
        return switch (new Channels(target.config()).resolve(scenario.channel(run, 0))) {
            case ResolvedChannel channel -> Optional.of(channel.options());
            case RefusedChannel refused -> Optional.empty();
        };
    }

    private void close() {
        presence.stop();
        crowd.close();
        timers.shutdownNow();
        sockets.shutdownNow();
        http.shutdownNow();
        progress.end();
    }
}
