package io.carillon.local.load;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * Compares what the healthy clients had before others became slow or dead with what they have beside them. Both count
 * publications whose call began in an equally long time, so the time before that, in which everything warms up, does not.
 *
 * @param before latencies of the healthy clients while all were
 * @param beside latencies of each condition's clients since
 */
record Comparison(Latencies before, Map<Condition, Latencies> beside) {

    /** Compares; empty if nobody became slow or dead. */
    static Optional<Comparison> of(Observed observed) {
        if (observed.struckAt().isEmpty()) {
            return Optional.empty();
        }
        long struck = observed.struckAt().getAsLong();
        long last =
                observed.attempts().stream().mapToLong(Attempt::sentAt).max().orElse(struck);
        long from = struck - (last - struck);
        Latencies before = Latencies.of(
                observed,
                (client, sentAt) -> client.condition() == Condition.HEALTHY && sentAt >= from && sentAt < struck);
        Map<Condition, Latencies> beside = new EnumMap<>(Condition.class);
        for (Condition condition : Condition.values()) {
            beside.put(
                    condition,
                    Latencies.of(observed, (client, sentAt) -> client.condition() == condition && sentAt >= struck));
        }
        return Optional.of(new Comparison(before, beside));
    }

    Latencies beside(Condition condition) {
        return beside.get(condition);
    }

    /** Gives how many times as long the healthy clients' p99 is as it was; 0 if nothing came before. */
    double p99Ratio() {
        long was = before.percentile(0.99);
        return was == 0 ? 0 : beside(Condition.HEALTHY).percentile(0.99) / (double) was;
    }
}
