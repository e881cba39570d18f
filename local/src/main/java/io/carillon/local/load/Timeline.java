package io.carillon.local.load;

import io.carillon.local.load.Attempt.Outcome.Accepted;
import io.carillon.local.load.Observed.Witness;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.LongStream;

/** A run second by second, for plots. */
record Timeline(List<Second> seconds) {

    /**
     * What happened within one second.
     *
     * @param latencies of the live deliveries
     * @param healthy of those to clients that are never slow or dead
     * @param connections how many clients were connected at its end
     */
    record Second(long publications, long deliveries, Latencies latencies, Latencies healthy, long connections) {}

    static Timeline of(Observed observed) {
        int count = second(observed.endedAt()) + 1;
        long[] publications = new long[count];
        long[] deliveries = new long[count];
        long[] changes = new long[count];
        for (Attempt attempt : observed.attempts()) {
            if (attempt.outcome() instanceof Accepted accepted) {
                publications[Math.min(second(accepted.at()), count - 1)]++;
            }
        }
        for (Witness client : observed.clients()) {
            boolean connected = false;
            for (Seen event : client.events()) {
                int second = Math.min(second(event.at()), count - 1);
                switch (event) {
                    case Seen.Received received -> deliveries[second]++;
                    case Seen.Connected one -> {
                        changes[second] += connected ? 0 : 1;
                        connected = true;
                    }
                    case Seen.Lost lost -> {
                        changes[second] -= connected ? 1 : 0;
                        connected = false;
                    }
                    default -> {
                        // Shows in no plot.
                    }
                }
            }
        }
        Latencies[] latencies = latencies(observed, count, client -> true);
        Latencies[] healthy = latencies(observed, count, client -> client.condition() == Condition.HEALTHY);
        List<Second> seconds = new ArrayList<>(count);
        long connections = 0;
        for (int i = 0; i < count; i++) {
            connections += changes[i];
            seconds.add(new Second(publications[i], deliveries[i], latencies[i], healthy[i], connections));
        }
        return new Timeline(seconds);
    }

    private static Latencies[] latencies(Observed observed, int count, Predicate<Witness> whose) {
        LongStream.Builder[] times = new LongStream.Builder[count];
        Arrays.setAll(times, i -> LongStream.builder());
        Latencies.each(observed, (client, sentAt, at) -> {
            if (whose.test(client)) {
                times[Math.min(second(at), count - 1)].add(at - sentAt);
            }
        });
        return Arrays.stream(times)
                .map(one -> new Latencies(one.build().sorted().toArray()))
                .toArray(Latencies[]::new);
    }

    private static int second(long nanos) {
        return (int) TimeUnit.NANOSECONDS.toSeconds(nanos);
    }
}
