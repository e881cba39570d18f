package io.carillon.apigateway;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Starts calls in the order in which they arrive, as many at once and as fast as allowed. What cannot start yet waits
 * without a thread.
 *
 * <p>Safe for use by several threads.
 */
final class Gate {

    private final int maxInFlight;
    private final Allowance allowance;
    private final Delay delay;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int inFlight;
    private boolean isStarting;
    private boolean isAsleep;
    private long alarm;

    /**
     * Starts with nothing waiting.
     *
     * @param allowance makes the allowance from what it is to call when it may be that more is allowed
     */
    Gate(int maxInFlight, Function<Runnable, Allowance> allowance, Delay delay) {
        this.maxInFlight = maxInFlight;
        this.allowance = allowance.apply(this::wake);
        this.delay = delay;
    }

    /** Starts a call when it is its turn, and completes as it does. */
    <T> CompletableFuture<T> pass(Supplier<CompletableFuture<T>> call) {
        CompletableFuture<T> result = new CompletableFuture<>();
        synchronized (this) {
            waiting.add(() -> start(call, result));
        }
        startAll();
        return result;
    }

    private <T> void start(Supplier<CompletableFuture<T>> call, CompletableFuture<T> result) {
        CompletableFuture<T> started;
        try {
            started = call.get();
        } catch (RuntimeException e) {
            started = CompletableFuture.failedFuture(e);
        }
        started.whenComplete((value, failure) -> {
            leave();
            if (failure == null) {
                result.complete(value);
            } else {
                result.completeExceptionally(failure);
            }
            startAll();
        });
    }

    private synchronized void leave() {
        inFlight--;
    }

    /** Asks again whether calls may start, though it was told to wait. */
    void wake() {
        synchronized (this) {
            isAsleep = false;
            alarm++;
        }
        startAll();
    }

    private void ring(long number) {
        synchronized (this) {
            // Somebody woke it before: then that alarm is of a wait that is over.
            if (number != alarm) {
                return;
            }
        }
        wake();
    }

    /** Only one thread starts calls at a time: one that completes at once must not start the next from inside it. */
    private void startAll() {
        synchronized (this) {
            if (isStarting) {
                return;
            }
            isStarting = true;
        }
        Runnable next = take();
        while (next != null) {
            next.run();
            next = take();
        }
    }

    private synchronized Runnable take() {
        if (!isAsleep && !waiting.isEmpty() && inFlight < maxInFlight) {
            long wait = allowance.take(waiting.size());
            if (wait == 0) {
                inFlight++;
                return waiting.remove();
            }
            isAsleep = true;
            long number = alarm;
            delay.after(Duration.ofNanos(wait), () -> ring(number));
        }
        isStarting = false;
        return null;
    }
}
