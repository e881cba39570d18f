package io.carillon.local.gateway;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Does one after another what goes to a client, each after its delay and none before the one that came before it. Without
 * delays it does everything at once, on the caller's thread; what waits takes no thread.
 *
 * <p>Safe for use by several threads.
 */
final class Outbox {

    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private long lastDue;

    /** Does something that must not block. */
    synchronized void put(Runnable task, Duration delay) {
        if (waiting.isEmpty() && !delay.isPositive()) {
            task.run();
            return;
        }
        long now = System.nanoTime();
        long due = now + delay.toNanos();
        lastDue = waiting.isEmpty() || due - lastDue > 0 ? due : lastDue;
        waiting.add(task);
        after(Duration.ofNanos(lastDue - now), this::next);
    }

    /** Each firing does the first that waits, so that two timers which fire in the wrong order do no harm. */
    private synchronized void next() {
        waiting.remove().run();
    }

    /** Does something after a delay, without a thread that waits. */
    static void after(Duration delay, Runnable task) {
        if (delay.isPositive()) {
            CompletableFuture.delayedExecutor(delay.toNanos(), TimeUnit.NANOSECONDS, Runnable::run)
                    .execute(task);
        } else {
            task.run();
        }
    }
}
