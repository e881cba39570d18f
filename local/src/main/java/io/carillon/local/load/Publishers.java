package io.carillon.local.load;

import io.carillon.local.load.Attempt.Outcome.Accepted;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleConsumer;
import java.util.function.LongSupplier;

/** Publishes all of a scenario's publications, several at a time, and notes what became of each. */
final class Publishers {

    /** What came of it. */
    record Result(List<Attempt> attempts, List<ReadBack> readBacks) {}

    private final Scenario scenario;
    private final String run;
    private final ServerApi api;
    private final DoubleConsumer progress;
    private final long kept;
    private final Tally tally;
    private final LongSupplier clock;
    private final AtomicInteger next = new AtomicInteger();
    private final Queue<Attempt> attempts = new ConcurrentLinkedQueue<>();
    private final Queue<ReadBack> readBacks = new ConcurrentLinkedQueue<>();

    /**
     * Makes publishers for one run.
     *
     * @param progress is told before each publication how much is done, from 0 to 1
     * @param kept how many publications the history keeps; 0 for none
     */
    Publishers(
            Scenario scenario,
            String run,
            ServerApi api,
            DoubleConsumer progress,
            long kept,
            Tally tally,
            LongSupplier clock) {
        this.scenario = scenario;
        this.run = run;
        this.api = api;
        this.progress = progress;
        this.kept = kept;
        this.tally = tally;
        this.clock = clock;
    }

    /** Publishes all, and returns when every call has ended. */
    Result publishAll() throws InterruptedException {
        long start = clock.getAsLong();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Void>> all = Collections.nCopies(scenario.publishers(), () -> {
                publishNext(start);
                return null;
            });
            for (Future<Void> one : threads.invokeAll(all)) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause().getMessage(), e);
        }
        progress.accept(1);
        return new Result(List.copyOf(attempts), List.copyOf(readBacks));
    }

    private void publishNext(long start) throws InterruptedException {
        for (int number = next.getAndIncrement(); number < scenario.publications(); number = next.getAndIncrement()) {
            awaitTurn(start, number);
            double share = share(number, (clock.getAsLong() - start) / 1e9);
            if (share >= 1) {
                return;
            }
            progress.accept(share);
            String channel = scenario.channel(run, number % scenario.channels());
            String data = Payloads.of(scenario.seed(), number, scenario.payload(number));
            Attempt attempt = api.publish(channel, data, idempotencyKey(number), scenario.publishAttempts());
            attempts.add(attempt);
            tally.count(attempt.outcome());
            if (attempt.outcome() instanceof Accepted accepted && isSampled(number)) {
                api.readBack(attempt, accepted, kept).ifPresent(readBacks::add);
            }
        }
    }

    private double share(int number, double seconds) {
        double byTime = scenario.seconds() > 0 ? seconds / scenario.seconds() : 0;
        return Math.max(byTime, number / (double) scenario.publications());
    }

    private String idempotencyKey(int number) {
        return scenario.publishAttempts() > 1 ? run + "-" + number : "";
    }

    private boolean isSampled(int number) {
        return kept > 0
                && new SplittableRandom(scenario.seed() + number).nextDouble() < scenario.decimal(Setting.READ_BACK);
    }

    private void awaitTurn(long start, int number) throws InterruptedException {
        if (scenario.rate() > 0) {
            double second = number / scenario.rate();
            if (scenario.seconds() > 0) {
                // A turn behind the end never comes: with a low rate the wait for it could be many times the run.
                second = Math.min(second, scenario.seconds());
            }
            long due = start + (long) (second * TimeUnit.SECONDS.toNanos(1));
            TimeUnit.NANOSECONDS.sleep(due - clock.getAsLong());
        }
    }
}
