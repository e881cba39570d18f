package io.carillon.apigateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GateTest {

    private final AtomicLong nanos = new AtomicLong();
    private final Queue<Runnable> alarms = new ArrayDeque<>();
    private final List<Duration> pauses = new ArrayList<>();
    private final List<CompletableFuture<Integer>> started = new ArrayList<>();

    @Test
    void shouldStartNoMoreAtOnceThanAllowedAndTheNextWhenOneEnds() {
        // Given
        Gate gate = gate(2, 1_000);
        List<CompletableFuture<Integer>> results =
                IntStream.range(0, 4).mapToObj(n -> gate.pass(this::start)).toList();
        int atFirst = started.size();

        // When
        started.get(1).complete(7);
        started.get(0).completeExceptionally(new IllegalStateException("failed"));

        // Then
        assertThat(atFirst).isEqualTo(2);
        assertThat(started).hasSize(4);
        assertThat(results.get(1)).isCompletedWithValue(7);
        assertThat(results.get(0)).isCompletedExceptionally();
        assertThat(results.get(2)).isNotDone();
    }

    @Test
    void shouldStartTheRestAsTokensComeIn() {
        // Given
        Gate gate = gate(100, 2);
        IntStream.range(0, 4).forEach(n -> gate.pass(this::start));
        int atFirst = started.size();

        // When
        List<Integer> thereafter = new ArrayList<>();
        while (!alarms.isEmpty()) {
            nanos.addAndGet(pauses.getLast().toNanos());
            alarms.remove().run();
            thereafter.add(started.size());
        }

        // Then
        assertThat(atFirst).isEqualTo(2);
        assertThat(thereafter).containsExactly(3, 4);
        assertThat(pauses).containsExactly(Duration.ofMillis(1), Duration.ofMillis(1));
    }

    @Test
    void shouldPassManyCallsThatCompleteOrFailAtOnce() {
        // Given
        Gate gate = gate(1, 1_000_000);

        // When
        CompletableFuture<Integer> blocker = gate.pass(this::start);
        List<CompletableFuture<Integer>> results = IntStream.range(0, 100_000)
                .mapToObj(n -> gate.<Integer>pass(() -> {
                    if (n % 2 == 0) {
                        throw new IllegalStateException("refused");
                    }
                    return CompletableFuture.completedFuture(n);
                }))
                .toList();
        started.getFirst().complete(0);

        // Then
        assertThat(blocker).isCompletedWithValue(0);
        assertThat(results).allMatch(CompletableFuture::isDone);
        assertThat(results.getFirst()).isCompletedExceptionally();
        assertThat(results.getLast()).isCompletedWithValue(99_999);
    }

    private CompletableFuture<Integer> start() {
        CompletableFuture<Integer> call = new CompletableFuture<>();
        started.add(call);
        return call;
    }

    private Gate gate(int maxInFlight, int burst) {
        TokenBucket bucket = new TokenBucket(1_000, burst, nanos::get);
        return new Gate(maxInFlight, wake -> waiting -> bucket.take(), (pause, task) -> {
            pauses.add(pause);
            alarms.add(task);
        });
    }
}
