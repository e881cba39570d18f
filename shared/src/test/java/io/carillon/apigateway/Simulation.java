package io.carillon.apigateway;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.Executor;

/** Time that passes as fast as there is nothing left to do. For one thread. */
final class Simulation {

    private record Event(long at, long number, Runnable task) {}

    private final Instant began = Instant.parse("2026-11-24T12:00:00Z");
    private final Queue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::number));
    private long now;
    private long number;

    long nanoTime() {
        return now;
    }

    InstantSource clock() {
        return () -> began.plusNanos(now);
    }

    Delay delay() {
        return this::after;
    }

    /** Runs everything as late as a call takes. */
    Executor executor(Duration latency) {
        return task -> after(latency, task);
    }

    void after(Duration pause, Runnable task) {
        events.add(new Event(now + pause.toNanos(), number++, task));
    }

    /** Runs until nothing is left to do. */
    void run() {
        while (!events.isEmpty()) {
            Event next = events.remove();
            now = next.at();
            next.task().run();
        }
    }
}
