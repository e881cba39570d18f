package io.carillon.functions;

import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Keeps up to 100 of many times, which is what the embedded metric format takes at once: of more, each has the same chance to be
 * kept (reservoir sampling), so that the percentiles stay true.
 *
 * <p>Safe for use by several threads.
 */
final class Latencies {

    private static final int MOST = 100;

    private final long[] kept = new long[MOST];
    private int seen;

    synchronized void add(long millis, int times) {
        for (int i = 0; i < times; i++) {
            int place = seen < MOST ? seen : ThreadLocalRandom.current().nextInt(seen + 1);
            if (place < MOST) {
                kept[place] = millis;
            }
            seen++;
        }
    }

    /** Gives what is kept, and starts again. */
    synchronized long[] take() {
        long[] taken = Arrays.copyOf(kept, Math.min(seen, MOST));
        seen = 0;
        return taken;
    }
}
