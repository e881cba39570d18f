package io.carillon.apigateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.delivery.Quota;
import io.carillon.metrics.Metrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Several posters, each as in a process of its own, under one quota. */
class SharedQuotaTest {

    private static final int RATE = 10_000;

    /** What an account may use at once after a pause. Source: quotas of API Gateway. */
    private static final int ACCOUNT_BURST = 5_000;

    private static final Duration LEASE = Duration.ofMillis(5);
    private static final Duration POST = Duration.ofMillis(10);
    private static final Duration CHUNK = Duration.ofMillis(25);

    private final Simulation simulation = new Simulation();
    private final Quota quota = new LocalQuota(RATE, simulation.clock());
    private final List<Long> all = new ArrayList<>();

    /** One process: its gate, and when its calls began. */
    private final class Process {

        private final List<Long> begun = new ArrayList<>();
        private final Gate gate;

        Process(Quota asked, Executor executor) {
            Leases leases = new Leases(
                    asked,
                    new LocalQuota(RATE, simulation.clock()),
                    simulation.clock(),
                    executor,
                    simulation.delay(),
                    Metrics.NONE);
            gate = new Gate(
                    200, wake -> new SharedAllowance(RATE, leases, simulation::nanoTime, wake), simulation.delay());
        }

        void post(int times) {
            for (int i = 0; i < times; i++) {
                gate.pass(() -> {
                    begun.add(simulation.nanoTime());
                    all.add(simulation.nanoTime());
                    CompletableFuture<Boolean> answer = new CompletableFuture<>();
                    simulation.after(POST, () -> answer.complete(true));
                    return answer;
                });
            }
        }

        Duration last() {
            return Duration.ofNanos(begun.getLast());
        }
    }

    private Process process() {
        return new Process(quota, simulation.executor(LEASE));
    }

    private List<Process> processes(int number) {
        return IntStream.range(0, number).mapToObj(i -> process()).toList();
    }

    private long mostInAnySecond() {
        long most = 0;
        int from = 0;
        for (int to = 0; to < all.size(); to++) {
            while (all.get(to) - all.get(from) >= 1_000_000_000L) {
                from++;
            }
            most = Math.max(most, to - from + 1);
        }
        return most;
    }

    /** How many calls API Gateway's own token bucket would refuse. */
    private long refused() {
        long[] now = new long[1];
        TokenBucket account = new TokenBucket(RATE, ACCOUNT_BURST, () -> now[0]);
        return all.stream()
                .filter(at -> {
                    now[0] = at;
                    return account.take() > 0;
                })
                .count();
    }

    @Test
    void shouldNeverExceedTheQuotaTogetherAndStillUseAllOfIt() {
        // Given
        List<Process> processes = processes(20);

        // When
        processes.forEach(process -> process.post(3_000));
        simulation.run();

        // Then
        assertThat(all).hasSize(60_000);
        assertThat(refused()).isZero();
        assertThat(mostInAnySecond()).isLessThanOrEqualTo(RATE + ACCOUNT_BURST);
        assertThat(processes).allSatisfy(process -> assertThat(process.last()).isLessThan(Duration.ofMillis(6_100)));
    }

    @Test
    void shouldStayWithinTheQuotaWhenProcessesComeAndGo() {
        // Given
        List<Process> processes = processes(20);

        // When
        for (int i = 0; i < processes.size(); i++) {
            Process process = processes.get(i);
            for (int round = 0; round < 5; round++) {
                simulation.after(Duration.ofMillis(130L * i + 900L * round), () -> process.post(1_000));
            }
        }
        simulation.run();

        // Then
        assertThat(all).hasSize(100_000);
        // What one process leased and used a moment later can meet what others use: a hair, which is posted again.
        assertThat(refused()).isLessThan(100);
    }

    @Test
    void shouldServeBigChannelsAlike() {
        // Given
        List<Process> processes = processes(20);

        // When
        processes.forEach(process -> process.post(3_000));
        simulation.run();

        // Then
        List<Long> half =
                processes.stream().map(process -> process.begun.get(1_500)).toList();
        long spread = half.stream().max(Long::compare).orElseThrow()
                - half.stream().min(Long::compare).orElseThrow();
        assertThat(Duration.ofNanos(spread)).isLessThanOrEqualTo(CHUNK.multipliedBy(20));
    }

    @Test
    void shouldNotLetASmallChannelWaitBehindBigOnes() {
        // Given
        processes(19).forEach(process -> process.post(5_000));
        Process small = process();
        Process medium = process();
        Duration at = Duration.ofSeconds(2);

        // When
        simulation.after(at, () -> {
            small.post(100);
            medium.post(300);
        });
        simulation.run();

        // Then
        assertThat(small.last()).isEqualTo(at);
        assertThat(medium.last().minus(at))
                .isPositive()
                .isLessThanOrEqualTo(CHUNK.multipliedBy(21).plus(LEASE));
    }

    @Test
    void shouldAskForNothingWhenThereIsLittleToPost() {
        // Given
        Process process = new Process(
                posts -> {
                    throw new AssertionError("Nothing is to be leased");
                },
                Runnable::run);

        // When
        process.post(100);
        simulation.run();

        // Then
        assertThat(process.last()).isZero();
    }

    @Test
    void shouldPostBehindTheUnaskedShareWithoutAPauseWhenNobodyElseDoes() {
        // Given
        Process process = process();

        // When
        process.post(1_000);
        simulation.run();

        // Then
        assertThat(process.last()).isLessThan(Duration.ofMillis(100));
    }

    @Test
    void shouldKeepToTheQuotaByItselfWhenTheQuotaCannotBeAsked() {
        // Given
        List<Long> asked = new ArrayList<>();
        Process process = new Process(
                posts -> {
                    asked.add(simulation.nanoTime());
                    throw new IllegalStateException("throttled");
                },
                simulation.executor(LEASE));

        // When
        process.post(80_000);
        simulation.run();

        // Then
        assertThat(process.begun).hasSize(80_000);
        assertThat(refused()).isZero();
        assertThat(process.last()).isBetween(Duration.ofSeconds(7), Duration.ofMillis(8_100));
        assertThat(asked).hasSize(2);
    }

    @Test
    void shouldNotWaitForAnAnswerThatDoesNotCome() {
        // Given
        Process process = new Process(quota, lost -> assertThat(lost).isNotNull());

        // When
        process.post(1_000);
        simulation.run();

        // Then
        assertThat(process.begun).hasSize(1_000);
        assertThat(process.last()).isBetween(Duration.ofMillis(500), Duration.ofMillis(700));
    }

    @Test
    void shouldDropWhatWasLeasedForATimeThatIsOver() {
        // Given
        Leases leases = new Leases(quota, quota, simulation.clock(), Runnable::run, simulation.delay(), Metrics.NONE);
        SharedAllowance allowance = new SharedAllowance(RATE, leases, simulation::nanoTime, () -> {});
        assertThat(allowance.take(300)).isZero();

        // When
        simulation.after(Duration.ofSeconds(2), () -> {});
        simulation.run();
        // The unasked share, and half as many that are leased anew.
        long first =
                IntStream.range(0, 1_000).takeWhile(i -> allowance.take(1) == 0).count();

        // Then
        assertThat(first).isEqualTo(150);
    }
}
