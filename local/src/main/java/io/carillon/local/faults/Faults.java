package io.carillon.local.faults;

import io.carillon.local.Probes;
import io.carillon.local.calls.CallFilter;
import io.carillon.local.gateway.LocalGateway;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The faults of one local runtime: those that are on, each written {@code NAME setting=value ...} (see
 * {@link FaultKind}), and how often each struck. They may be changed while it runs.
 *
 * <p>Settings that all faults take: {@code probability} (of striking, given the chance) or {@code every} (n-th chance; a
 * time for those that strike by the clock), {@code count} (at most so often), {@code from} and {@code for} (when, from
 * the moment they were switched on).
 *
 * <p>Safe for use by several threads.
 */
public final class Faults implements AutoCloseable {

    static final Logger LOG = LoggerFactory.getLogger(Faults.class);

    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final Duration JUMP = Duration.ofHours(2);

    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
    private volatile List<Fault> active = List.of();
    private volatile Optional<HarmfulGateway> gateway = Optional.empty();
    private Optional<ScheduledExecutorService> timer = Optional.empty();
    private long seed;

    /** Starts with none. */
    public Faults() {}

    /**
     * Starts with some.
     *
     * @throws BadFault if one of them is not a fault
     */
    public static Faults of(List<String> texts, long seed) {
        Faults faults = new Faults();
        faults.replace(texts, seed);
        return faults;
    }

    /** One fault that is on, and how often it struck. */
    public record Status(String fault, long struck) {}

    /** Lists those that are on. */
    public List<Status> list() {
        return active.stream()
                .map(fault -> new Status(fault.text(), fault.struck()))
                .toList();
    }

    /** Gives the seed of those that are on. */
    public synchronized long seed() {
        return seed;
    }

    /**
     * Switches these on and all others off.
     *
     * @throws BadFault if one of them is not a fault; then nothing is changed
     */
    public synchronized void replace(List<String> texts, long newSeed) {
        long now = System.nanoTime();
        List<Fault> next = new ArrayList<>();
        for (String text : texts) {
            next.add(new Fault(FaultText.parse(text), newSeed + next.size(), now));
        }
        seed = newSeed;
        active = List.copyOf(next);
        schedule();
        if (!next.isEmpty()) {
            LOG.info("Faults, seed {}: {}", newSeed, texts);
        }
    }

    /** What does the harm to calls and functions. */
    public Probes probes() {
        return new Probes(
                new HarmfulCalls(this), CallFilter.none(), function -> new HarmfulFunction(function, this), List.of());
    }

    /** A clock that jumps when the faults say so. */
    public InstantSource clock(InstantSource clock) {
        return new FaultClock(clock, ahead);
    }

    /** Lets the faults have a gateway. */
    public synchronized void install(LocalGateway target) {
        HarmfulGateway harmful = new HarmfulGateway(this, target);
        harmful.install();
        gateway = Optional.of(harmful);
        schedule();
    }

    boolean isQuiet() {
        return active.isEmpty();
    }

    Optional<Fault> strike(FaultKind kind) {
        return strike(kind, fault -> true);
    }

    /** Gives the first fault of a kind that strikes now. */
    Optional<Fault> strike(FaultKind kind, Predicate<Fault> concerned) {
        List<Fault> now = active;
        if (now.isEmpty()) {
            return Optional.empty();
        }
        return now.stream()
                .filter(fault -> fault.kind() == kind && concerned.test(fault) && fault.strikes(System.nanoTime()))
                .findFirst();
    }

    private void schedule() {
        timer.ifPresent(ScheduledExecutorService::shutdownNow);
        timer = Optional.empty();
        List<Fault> timed =
                active.stream().filter(fault -> fault.kind().isTimed()).toList();
        if (timed.isEmpty() || gateway.isEmpty()) {
            return;
        }
        ScheduledExecutorService clockwork = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("faults").daemon().factory());
        for (Fault fault : timed) {
            long period = Math.max(1, fault.duration("every", EVERY).toMillis());
            clockwork.scheduleAtFixedRate(() -> tick(fault), period, period, TimeUnit.MILLISECONDS);
        }
        timer = Optional.of(clockwork);
    }

    private void tick(Fault fault) {
        try {
            if (!fault.strikes(System.nanoTime())) {
                return;
            }
            HarmfulGateway target = gateway.orElseThrow();
            switch (fault.kind()) {
                case CUT -> target.cut(fault);
                case CUT_ALL -> target.cutAll();
                default -> {
                    Duration jump = fault.duration("jump", JUMP);
                    ahead.accumulateAndGet(jump, Duration::plus);
                    target.age(jump);
                }
            }
        } catch (RuntimeException e) {
            // The timer would stop for good.
            LOG.warn("The fault {} failed", fault.text(), e);
        }
    }

    @Override
    public synchronized void close() {
        timer.ifPresent(ScheduledExecutorService::shutdownNow);
    }
}
