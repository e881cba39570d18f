package io.carillon.local.load;

import io.carillon.local.load.Attempt.Outcome.Accepted;
import io.carillon.local.load.Attempt.Outcome.Failed;
import io.carillon.local.load.Observed.Witness;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts and rates of a run.
 *
 * @param publishSeconds from the first call of publish to the last answer
 * @param deliverSeconds from the first call of publish to the last receipt
 * @param cuts connections that the run itself cut
 * @param drops connections that ended otherwise
 * @param leaves how often a client left a channel to come back
 * @param errors refusals, timeouts and drops by what they said, with how often
 */
record Figures(
        long published,
        long failed,
        long received,
        double publishSeconds,
        double deliverSeconds,
        long cuts,
        long drops,
        long reconnects,
        long leaves,
        Map<String, Long> errors) {

    static Figures of(Observed observed) {
        Count count = new Count();
        observed.attempts().forEach(count::attempt);
        observed.clients().forEach(count::client);
        double publishSeconds = Math.max(0, count.lastAnswer - count.firstCall) / 1e9;
        double deliverSeconds = Math.max(0, count.lastReceipt - count.firstCall) / 1e9;
        return new Figures(
                count.published,
                count.failed,
                count.received,
                publishSeconds,
                deliverSeconds,
                count.cuts,
                count.drops,
                count.reconnects,
                count.leaves,
                count.errors);
    }

    double publishRate() {
        return published / Math.max(publishSeconds, 1e-9);
    }

    double deliverRate() {
        return received / Math.max(deliverSeconds, 1e-9);
    }

    /** What has been counted so far. */
    private static final class Count {

        private final Map<String, Long> errors = new TreeMap<>();
        private long published;
        private long failed;
        private long received;
        private long cuts;
        private long drops;
        private long reconnects;
        private long leaves;
        private long firstCall = Long.MAX_VALUE;
        private long lastAnswer;
        private long lastReceipt;

        void attempt(Attempt attempt) {
            firstCall = Math.min(firstCall, attempt.sentAt());
            attempt.earlier().forEach(error -> error("publish, tried again", error));
            switch (attempt.outcome()) {
                case Accepted accepted -> {
                    published++;
                    lastAnswer = Math.max(lastAnswer, accepted.at());
                }
                case Failed error -> {
                    failed++;
                    error("publish", error);
                }
            }
        }

        void client(Witness client) {
            long connects = 0;
            for (Seen event : client.events()) {
                switch (event) {
                    case Seen.Connected connected -> connects++;
                    case Seen.Lost lost when lost.code() == LoadClient.CUT -> cuts++;
                    case Seen.Lost lost -> {
                        drops++;
                        error("disconnected: " + lost.code() + " " + lost.reason());
                    }
                    case Seen.Received publication -> {
                        received++;
                        lastReceipt = Math.max(lastReceipt, publication.at());
                    }
                    case Seen.Left left -> leaves++;
                    case Seen.Unsubscribed ended -> error("unsubscribed: " + ended.code());
                    case Seen.Refused refused ->
                        error((refused.channel().isEmpty() ? "connect: " : "subscribe: ")
                                + refused.code()
                                + " "
                                + refused.message());
                    case Seen.Subscribed reply -> {
                        // The checker counts recoveries.
                    }
                }
            }
            reconnects += Math.max(0, connects - 1);
        }

        private void error(String call, Failed error) {
            error(call + ": " + (error.code() == 0 ? "" : error.code() + " ") + error.message());
        }

        private void error(String what) {
            errors.merge(what, 1L, Long::sum);
        }
    }
}
