package io.carillon.delivery;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/** Does the same for several, so that one which takes long does not hold up the others. */
interface SideBySide {

    /** Keeps one delivery from taking all connections to DynamoDB. */
    int AT_ONCE = 64;

    /** Uses a virtual thread for each. */
    SideBySide THREADS = new SideBySide() {
        @Override
        public <T> void each(List<T> all, Consumer<T> action) {
            if (all.size() <= 1) {
                all.forEach(action);
                return;
            }
            Semaphore room = new Semaphore(AT_ONCE);
            try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<?>> started = all.stream()
                        .<Future<?>>map(one -> executor.submit(() -> {
                            room.acquireUninterruptibly();
                            try {
                                action.accept(one);
                            } finally {
                                room.release();
                            }
                        }))
                        .toList();
                for (Future<?> one : started) {
                    one.get();
                }
            } catch (ExecutionException e) {
                throw new IllegalStateException("One of " + all.size() + " failed", e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("Interrupted during a delivery", e);
            }
        }
    };

    /**
     * Returns when all are done.
     *
     * @throws RuntimeException if one of them failed; the others may have been done all the same
     */
    <T> void each(List<T> all, Consumer<T> action);
}
