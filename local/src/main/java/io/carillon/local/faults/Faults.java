package io.carillon.local.faults;

import io.carillon.delivery.Poster;
import io.carillon.local.Probes;
import io.carillon.local.gateway.LocalGateway;
import io.carillon.longpoll.Outboxes;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a local runtime misbehave as AWS does. A fault is written {@code NAME key=value key=value}, such as
 * {@code kill function=deliver at=before-save every=50}; {@link FaultHelp#all} describes all of them.
 *
 * <p>Each fault decides over its n-th occasion by the seed and n alone, so a run repeats as far as its threads do. They
 * can be replaced while the runtime works, which counts from the beginning. One object serves one runtime. Safe for use
 * by several threads.
 */
public final class Faults implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Faults.class);
    private static final long TICK_MILLIS = 20;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("faults").daemon().factory());
    private volatile FaultPlan plan;
    private volatile List<ActiveFault> active;

    private Faults(FaultPlan plan) {
        this.plan = plan;
        this.active = begin(plan);
    }

    /** Makes the faults of a plan ready for one runtime. */
    public static Faults of(FaultPlan plan) {
        return new Faults(plan);
    }

    private static List<ActiveFault> begin(FaultPlan plan) {
        return IntStream.range(0, plan.faults().size())
                .mapToObj(index -> new ActiveFault(Fault.parse(plan.faults().get(index)), plan.seed(), index))
                .toList();
    }

    private List<ActiveFault> active() {
        return active;
    }

    /** Stands around the calls and functions of the runtime. */
    public Probes probes() {
        return new Probes(
                new CallFaults(this::active, false),
                new CallFaults(this::active, true),
                function -> new FaultyFunction(function, this::active),
                List.of());
    }

    /** Stands around what posts to connections. */
    public Poster around(Poster poster) {
        return new FaultyPoster(poster, this::active);
    }

    /** Stands around what waits for long-poll connections. */
    public Outboxes around(Outboxes outboxes) {
        return new FaultyOutboxes(outboxes, this::active);
    }

    /** Makes a gateway misbehave on top of the policies it has, and starts all faults' time. */
    public void install(LocalGateway gateway, FaultClock clock) {
        new GatewayFaults(this::active, gateway).install();
        active = begin(plan);
        TimedFaults timed = new TimedFaults(this::active, gateway, clock);
        timer.scheduleWithFixedDelay(() -> run(timed), TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static void run(TimedFaults timed) {
        try {
            timed.run();
        } catch (RuntimeException e) {
            // One failure must not end the timer for what is due later.
            LOG.warn("A fault did not strike", e);
        }
    }

    /**
     * Ends all faults, and begins others.
     *
     * @throws IllegalArgumentException if one cannot be read; those at work stay then
     */
    public synchronized void replace(List<String> faults, long seed) {
        FaultPlan next = FaultPlan.of(faults, seed);
        active = begin(next);
        plan = next;
    }

    /** Tells what is at work, and how often each struck. */
    public List<FaultCount> list() {
        return active.stream()
                .map(one -> new FaultCount(one.fault().text(), one.count()))
                .toList();
    }

    public long seed() {
        return plan.seed();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
