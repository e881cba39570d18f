package io.carillon.local.load;

import io.carillon.local.load.Observed.Witness;
import io.carillon.local.load.Seen.Received;
import io.carillon.local.load.Seen.Subscribed;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Times from the start of a publish call to its receipt by one client, in nanoseconds, sorted. Only live deliveries
 * count: those of publications whose call began after the client was subscribed.
 */
record Latencies(long[] sorted) {

    static Latencies of(Observed observed) {
        Map<String, Map<Long, Long>> sent = new HashMap<>();
        for (Attempt attempt : observed.attempts()) {
            if (attempt.outcome() instanceof Attempt.Outcome.Accepted accepted) {
                sent.computeIfAbsent(attempt.channel(), name -> new HashMap<>())
                        .put(accepted.position().offset(), attempt.sentAt());
            }
        }
        LongStream.Builder times = LongStream.builder();
        observed.clients().forEach(client -> live(client, sent, times));
        return new Latencies(times.build().sorted().toArray());
    }

    private static void live(Witness client, Map<String, Map<Long, Long>> sent, LongStream.Builder times) {
        Map<String, Long> since = new HashMap<>();
        for (Seen event : client.events()) {
            if (event instanceof Subscribed reply) {
                since.put(reply.channel(), reply.at());
            } else if (event instanceof Received received && received.way() == Seen.Way.PUSH) {
                Long began = sent.getOrDefault(received.channel(), Map.of()).get(received.offset());
                if (began != null && began > since.get(received.channel())) {
                    times.add(received.at() - began);
                }
            }
        }
    }

    int count() {
        return sorted.length;
    }

    /** Gives the time that a share of all deliveries (0 to 1) did not exceed; 0 if there are none. */
    long percentile(double share) {
        if (sorted.length == 0) {
            return 0;
        }
        int rank = (int) Math.ceil(share * sorted.length);
        return sorted[Math.clamp(rank - 1L, 0, sorted.length - 1)];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Latencies latencies && Arrays.equals(sorted, latencies.sorted);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sorted);
    }
}
