package io.carillon.local.load;

import io.carillon.local.load.Observed.Witness;
import io.carillon.local.load.Seen.Received;
import io.carillon.local.load.Seen.Subscribed;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Times from the start of the first publish call to its receipt by one client, in nanoseconds, sorted. Only live
 * deliveries count: those of publications whose call began after the client was subscribed.
 */
record Latencies(long[] sorted) {

    /** Hears of each live delivery. */
    interface Listener {
        void delivered(Witness client, long sentAt, long at);
    }

    static Latencies of(Observed observed) {
        return of(observed, (client, sentAt) -> true);
    }

    /** Which deliveries are meant. */
    interface Choice {
        boolean takes(Witness client, long sentAt);
    }

    /** Takes the times of some deliveries only. */
    static Latencies of(Observed observed, Choice choice) {
        LongStream.Builder times = LongStream.builder();
        each(observed, (client, sentAt, at) -> {
            if (choice.takes(client, sentAt)) {
                times.add(at - sentAt);
            }
        });
        return new Latencies(times.build().sorted().toArray());
    }

    /** Visits the live deliveries, client by client. */
    static void each(Observed observed, Listener listener) {
        Map<Long, Long> sent = new HashMap<>();
        for (Attempt attempt : observed.attempts()) {
            if (attempt.outcome() instanceof Attempt.Outcome.Accepted) {
                sent.put(attempt.digest(), attempt.sentAt());
            }
        }
        observed.clients().forEach(client -> live(client, sent, listener));
    }

    private static void live(Witness client, Map<Long, Long> sent, Listener listener) {
        Map<String, Long> since = new HashMap<>();
        for (Seen event : client.events()) {
            if (event instanceof Subscribed reply) {
                since.put(reply.channel(), reply.at());
            } else if (event instanceof Received received && received.way() == Seen.Way.PUSH) {
                Long began = sent.get(received.digest());
                if (began != null && began > since.get(received.channel())) {
                    listener.delivered(client, began, received.at());
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
