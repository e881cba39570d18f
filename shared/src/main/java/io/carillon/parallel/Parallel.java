package io.carillon.parallel;

import io.carillon.trace.LogFields;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/** Does the same to many things at once, each on a virtual thread, with a bound on how many are under way. */
public final class Parallel {

    /** Keeps one caller from taking all connections to DynamoDB and SQS. */
    private static final int AT_ONCE = 64;

    private Parallel() {}

    /**
     * Gives the results in the order of the parts, when all are there.
     *
     * @throws RuntimeException what the first of them threw, in the order of the parts; all others are finished first
     */
    public static <T, R> List<R> map(List<T> parts, Function<T, R> work) {
        if (parts.size() == 1) {
            return List.of(work.apply(parts.getFirst()));
        }
        Semaphore room = new Semaphore(AT_ONCE);
        List<Future<R>> results;
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            results = parts.stream()
                    .map(part -> executor.submit(LogFields.carry(() -> {
                        room.acquire();
                        try {
                            return work.apply(part);
                        } finally {
                            room.release();
                        }
                    })))
                    .toList();
        }
        return results.stream().map(Parallel::result).toList();
    }

    private static <R> R result(Future<R> done) {
        try {
            return done.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while several things were done side by side", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }
}
