package io.carillon.local.aws;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts things in the background, and closes what was started, the youngest first. Safe for several threads. */
final class Resources implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Resources.class);

    private final List<CompletableFuture<?>> starts = new ArrayList<>();
    private final Deque<AutoCloseable> owned = new ArrayDeque<>();

    /** Runs a start on a thread of its own, since it mostly loads classes and native code. */
    <T> CompletableFuture<T> start(Supplier<T> task) {
        var start = CompletableFuture.supplyAsync(
                task, run -> Thread.ofPlatform().name("aws-start").daemon().start(run));
        synchronized (this) {
            starts.add(start);
        }
        return start;
    }

    synchronized <T extends AutoCloseable> T own(T resource) {
        owned.push(resource);
        return resource;
    }

    /** Waits for the starts, since a service cannot be stopped halfway, then closes all; a failure does not end it. */
    @Override
    public void close() {
        List<CompletableFuture<?>> pending;
        synchronized (this) {
            pending = List.copyOf(starts);
        }
        pending.forEach(start -> start.exceptionally(failure -> null).join());
        List<AutoCloseable> all;
        synchronized (this) {
            all = List.copyOf(owned);
            owned.clear();
        }
        all.forEach(Resources::closeOne);
    }

    private static void closeOne(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            LOG.warn("Could not close {}", resource.getClass().getSimpleName(), e);
        }
    }
}
