package io.carillon.local.load;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * Decides beforehand which client loses its connection when: spread at random over the publications, so that a cut
 * comes while others are under way. Safe for use by several threads.
 */
final class Cuts {

    private final int[] moments;
    private final int[] victims;
    private final IntConsumer cut;
    private final AtomicInteger done = new AtomicInteger();

    Cuts(Scenario scenario, IntConsumer cut) {
        int count = (int) Math.round(scenario.clients() * scenario.disconnects());
        SplittableRandom random = new SplittableRandom(scenario.seed());
        this.moments = random.ints(count, 0, scenario.publications()).toArray();
        this.victims = random.ints(count, 0, scenario.clients()).toArray();
        this.cut = cut;
        Arrays.sort(moments);
    }

    /** Makes the cuts that are due before a publication. */
    void before(int publication) {
        for (int next = done.get(); next < moments.length && moments[next] <= publication; next = done.get()) {
            if (done.compareAndSet(next, next + 1)) {
                cut.accept(victims[next]);
            }
        }
    }
}
