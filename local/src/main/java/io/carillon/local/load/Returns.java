package io.carillon.local.load;

import io.carillon.local.load.Observed.Witness;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.LongStream;

/** Measures how long clients were away: from the end of a connection until all their channels were subscribed again. */
final class Returns {

    private final LongStream.Builder times = LongStream.builder();

    private Returns() {}

    /** Gives the times in nanoseconds; who has not come back is not among them. */
    static Latencies of(Observed observed) {
        Returns returns = new Returns();
        observed.clients().forEach(returns::follow);
        return new Latencies(returns.times.build().sorted().toArray());
    }

    private void follow(Witness client) {
        Set<String> subscribed = new HashSet<>();
        Set<String> missing = new HashSet<>();
        long lostAt = 0;
        for (Seen event : client.events()) {
            switch (event) {
                case Seen.Lost lost -> {
                    if (missing.isEmpty()) {
                        lostAt = lost.at();
                    }
                    missing.addAll(subscribed);
                    subscribed.clear();
                }
                case Seen.Left left -> subscribed.remove(left.channel());
                case Seen.Unsubscribed ended -> subscribed.remove(ended.channel());
                case Seen.Subscribed reply -> {
                    subscribed.add(reply.channel());
                    if (missing.remove(reply.channel()) && missing.isEmpty()) {
                        times.add(reply.at() - lostAt);
                    }
                }
                case Seen.Connected connected -> {
                    // Back are only those who are subscribed too.
                }
                case Seen.Received publication -> {
                    // As above.
                }
                case Seen.Refused refused -> {
                    // As above.
                }
            }
        }
    }
}
