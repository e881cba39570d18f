package io.carillon.local.latency;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Draws delays. The n-th delay of a hop is the same in every run with the same seed, in whatever order threads ask. Safe
 * for use by several threads.
 */
final class Draws {

    /** Far apart, so that no two numbers of a hop share a seed. */
    private static final long STRIDE = 0x9E3779B97F4A7C15L;

    private static final int COLD = Hop.values().length;

    private final LatencyModel model;
    private final long seed;
    private final Map<Hop, AtomicLong> counts = new EnumMap<>(Hop.class);
    private final AtomicLong invocations = new AtomicLong();

    Draws(LatencyModel model, long seed) {
        this.model = model;
        this.seed = seed;
        for (Hop hop : Hop.values()) {
            counts.put(hop, new AtomicLong());
        }
    }

    Duration next(Hop hop) {
        return model.hops().get(hop).draw(random(hop.ordinal(), counts.get(hop).getAndIncrement()));
    }

    /** Draws what a cold start adds to an invocation; zero for one that is warm. */
    Duration coldStart() {
        SplittableRandom random = random(COLD, invocations.getAndIncrement());
        return random.nextDouble() < model.coldStartProbability()
                ? model.coldStart().draw(random)
                : Duration.ZERO;
    }

    private SplittableRandom random(int stream, long number) {
        return new SplittableRandom(new SplittableRandom(seed + stream).nextLong() + number * STRIDE);
    }
}
