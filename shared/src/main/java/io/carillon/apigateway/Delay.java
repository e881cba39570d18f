package io.carillon.apigateway;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Runs something later, on another thread. */
@FunctionalInterface
interface Delay {

    /** Uses the JDK's own timer. */
    Delay TIMER = (pause, task) -> CompletableFuture.delayedExecutor(pause.toNanos(), TimeUnit.NANOSECONDS)
            .execute(task);

    void after(Duration pause, Runnable task);
}
