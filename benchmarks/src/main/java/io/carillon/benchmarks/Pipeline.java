package io.carillon.benchmarks;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Keeps as many posts under way as there may be, from one thread. */
final class Pipeline {

    private Pipeline() {}

    /**
     * Posts for a while, and waits for the last answers.
     *
     * @param post makes one post, which gives whether it arrived
     * @return how many posts there were
     * @throws IllegalStateException if one did not arrive
     */
    static long run(Duration time, int inFlight, Supplier<CompletionStage<Boolean>> post) throws InterruptedException {
        Semaphore permits = new Semaphore(inFlight);
        AtomicLong failed = new AtomicLong();
        long deadline = System.nanoTime() + time.toNanos();
        long posts = 0;
        while (System.nanoTime() - deadline < 0) {
            permits.acquire();
            post.get().whenComplete((arrived, problem) -> {
                if (problem != null || !arrived) {
                    failed.incrementAndGet();
                }
                permits.release();
            });
            posts++;
        }
        permits.acquire(inFlight);
        if (failed.get() > 0) {
            throw new IllegalStateException(failed + " of " + posts + " posts failed");
        }
        return posts;
    }
}
