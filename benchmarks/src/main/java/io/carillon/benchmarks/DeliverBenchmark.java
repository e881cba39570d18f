package io.carillon.benchmarks;

import io.carillon.delivery.Poster;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Measures one batch of one mailbox to 1,000 subscribers, with all ports in memory. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class DeliverBenchmark {

    private static final int SUBSCRIBERS = 1_000;

    private final Counter counter = new Counter();
    private final Audience audience = new Audience(SUBSCRIBERS, counter);

    @Benchmark
    public long deliver() {
        audience.deliver();
        return counter.posts;
    }

    /** The calls to the port by themselves. */
    @Benchmark
    public long postOnly() {
        for (String connection : audience.connections()) {
            counter.post(connection, audience.frame());
        }
        return counter.posts;
    }

    /** Counts the posts; only one delivery runs at a time. */
    private static final class Counter implements Poster {

        private static final CompletableFuture<Outcome> DELIVERED =
                CompletableFuture.completedFuture(Outcome.DELIVERED);

        private long posts;

        @Override
        public CompletionStage<Outcome> post(String connection, byte[] message) {
            posts++;
            return DELIVERED;
        }

        @Override
        public CompletionStage<Void> close(String connection) {
            return CompletableFuture.completedFuture(null);
        }
    }
}
