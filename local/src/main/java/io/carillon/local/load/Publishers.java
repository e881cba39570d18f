package io.carillon.local.load;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/** Publishes all of a scenario's publications, several at a time, and notes what became of each. */
final class Publishers {

    private final Scenario scenario;
    private final String run;
    private final ServerApi api;
    private final Cuts cuts;
    private final Tally tally;
    private final LongSupplier clock;
    private final AtomicInteger next = new AtomicInteger();
    private final Queue<Attempt> attempts = new ConcurrentLinkedQueue<>();

    Publishers(Scenario scenario, String run, ServerApi api, Cuts cuts, Tally tally, LongSupplier clock) {
        this.scenario = scenario;
        this.run = run;
        this.api = api;
        this.cuts = cuts;
        this.tally = tally;
        this.clock = clock;
    }

    /** Publishes all, and returns when every call has ended. */
    List<Attempt> publishAll() throws InterruptedException {
        long start = clock.getAsLong();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < scenario.publishers(); i++) {
                threads.submit(() -> {
                    publishNext(start);
                    return null;
                });
            }
        }
        return List.copyOf(attempts);
    }

    private void publishNext(long start) throws InterruptedException {
        for (int number = next.getAndIncrement(); number < scenario.publications(); number = next.getAndIncrement()) {
            awaitTurn(start, number);
            cuts.before(number);
            String channel = scenario.channel(run, number % scenario.channels());
            Attempt attempt = api.publish(channel, Payloads.of(scenario.seed(), number, scenario.payload()));
            attempts.add(attempt);
            tally.count(attempt.outcome());
        }
    }

    private void awaitTurn(long start, int number) throws InterruptedException {
        if (scenario.rate() > 0) {
            long due = start + (long) (number / scenario.rate() * TimeUnit.SECONDS.toNanos(1));
            TimeUnit.NANOSECONDS.sleep(due - clock.getAsLong());
        }
    }
}
