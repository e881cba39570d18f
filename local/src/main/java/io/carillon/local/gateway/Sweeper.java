package io.carillon.local.gateway;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends idle and old connections: one timer looks at all of them now and then, so that a connection costs no timer and
 * a message no rescheduling. An end comes late by at most the time between two looks.
 */
final class Sweeper implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Sweeper.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);
    private static final long LONGEST_MILLIS = 1_000;
    private static final long SHORTEST_MILLIS = 5;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("gateway-sweeper").daemon().factory());
    private final Connections connections;
    private final long idleNanos;
    private final long lifetimeNanos;

    Sweeper(Connections connections, Duration idle, Duration lifetime) {
        this.connections = connections;
        this.idleNanos = idle.toNanos();
        this.lifetimeNanos = lifetime.toNanos();
    }

    void start() {
        long shortest = TimeUnit.NANOSECONDS.toMillis(Math.min(idleNanos, lifetimeNanos));
        long period = Math.clamp(shortest / 10, SHORTEST_MILLIS, LONGEST_MILLIS);
        timer.scheduleWithFixedDelay(this::sweep, period, period, TimeUnit.MILLISECONDS);
    }

    private void sweep() {
        long now = System.nanoTime();
        for (ClientConnection connection : connections.sockets()) {
            try {
                connection.sweep(now, idleNanos, lifetimeNanos, CLOSE_TIMEOUT.toNanos());
            } catch (RuntimeException e) {
                // One broken connection must not stop the timer for the others.
                LOG.warn("Could not end connection {}", connection.id(), e);
            }
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
