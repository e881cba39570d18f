package io.carillon.fakes;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** Lets many virtual threads do something at the same moment. */
public final class Crowd {

    private Crowd() {}

    /**
     * Runs what {@code work} makes for 0, 1, … {@code size} - 1 and gives the results in that order.
     *
     * @throws AssertionError if one of them fails, or is not done after 30 s
     */
    public static <T> List<T> run(int size, IntFunction<Callable<T>> work) {
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                Callable<T> task = work.apply(i);
                futures.add(executor.submit(() -> {
                    start.await();
                    return task.call();
                }));
            }
            start.countDown();
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get(30, TimeUnit.SECONDS));
            }
            return results;
        } catch (Exception e) {
            throw new AssertionError("One of a crowd failed", e);
        }
    }
}
