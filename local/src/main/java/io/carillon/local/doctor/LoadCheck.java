package io.carillon.local.doctor;

import java.util.ArrayList;
import java.util.List;

/**
 * Compares an expected load with the quotas of AWS. All are of an account in a Region.
 *
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html">API Gateway's quotas</a>
 * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html">Lambda's quotas</a>
 */
public final class LoadCheck {

    private static final String ABOUT = "quotas";

    /** API Gateway closes a connection after two hours. */
    private static final int LIFETIME_SECONDS = 7200;

    /** Writes per second to one partition of DynamoDB, of which a publication takes one to its channel's log. */
    private static final int CHANNEL_WRITES = 1000;

    /** All clients that come back after a cut shall be there within a minute. */
    private static final int RETURN_SECONDS = 60;

    /** With the initial carillon.ping_interval. */
    private static final double PING_SECONDS = 420;

    /** On the latency model a publication to one subscriber takes 97 ms, of which it spends most in two invocations. */
    private static final double INVOCATION_SECONDS = 0.1;

    /** On the latency model a publication to a full shard takes 235 ms. */
    private static final double DELIVERY_SECONDS = 0.25;

    /** The function of $connect, that of the first frame, and that of $disconnect for the connection that was lost. */
    private static final int INVOCATIONS_OF_A_RETURN = 3;

    private static final double NEARLY = 0.7;

    private final Expected expected;
    private final Quotas quotas;
    private final int shardSize;

    /**
     * What is expected at the busiest time.
     *
     * @param connections open at the same time
     * @param publications per second, in all channels together
     * @param subscribers of the channel that a publication goes to, on average
     * @param busiestChannel publications per second in the busiest channel
     */
    public record Expected(long connections, double publications, double subscribers, double busiestChannel) {}

    /**
     * What the account has.
     *
     * @param posts carillon.post_quota: requests per second that the account may make (L-8A5B8E43)
     * @param connects new connections per second (L-9ED1E49A)
     * @param concurrency invocations at the same time (L-B99A9384)
     */
    public record Quotas(int posts, int connects, int concurrency) {}

    /**
     * Starts.
     *
     * @param shardSize carillon.shard_size: subscribers that one delivery serves
     */
    public LoadCheck(Expected expected, Quotas quotas, int shardSize) {
        this.expected = expected;
        this.quotas = quotas;
        this.shardSize = shardSize;
    }

    /** Looks. */
    public List<Finding> look() {
        List<Finding> found = new ArrayList<>();
        double frames = expected.publications();
        double pings = expected.connections() / PING_SECONDS;
        double requests = expected.publications() * expected.subscribers() + frames + pings;
        found.add(compare(
                "%,.0f requests to API Gateway per second".formatted(requests),
                requests,
                quotas.posts(),
                "ask for a higher quota (L-8A5B8E43: throttle rate per second) and set carillon.post_quota to it; "
                        + "or publish less often: what is published within a delivery shares its post"));
        double renewals = (double) expected.connections() / LIFETIME_SECONDS;
        double afterACut = (double) expected.connections() / RETURN_SECONDS;
        found.add(compare(
                "%,.1f new connections per second, as each lasts two hours".formatted(renewals),
                renewals,
                quotas.connects(),
                "ask for a higher quota (L-9ED1E49A: new connections per second), and name it with --connects-quota"));
        if (afterACut > quotas.connects()) {
            found.add(Finding.warning(
                    ABOUT,
                    "after a cut that hits all, %,d connections need %,.0f s to be back"
                            .formatted(expected.connections(), (double) expected.connections() / quotas.connects()),
                    "ask for %,.0f new connections per second (L-9ED1E49A) if a minute is wanted"
                            .formatted(afterACut)));
        }
        found.add(concurrency(Math.min(afterACut, quotas.connects())));
        found.add(compare(
                "%,.0f publications per second in the busiest channel".formatted(expected.busiestChannel()),
                expected.busiestChannel(),
                CHANNEL_WRITES,
                "spread it over several channels: a channel's log is one partition of DynamoDB"));
        return found;
    }

    /** An estimate: it holds the worst moment, in which all is published and all come back. */
    private Finding concurrency(double returns) {
        double shards = Math.max(1, Math.ceil(expected.subscribers() / shardSize));
        double invocations = expected.publications() * (INVOCATION_SECONDS + shards * DELIVERY_SECONDS)
                + returns * INVOCATIONS_OF_A_RETURN * INVOCATION_SECONDS;
        return compare(
                "about %,.0f invocations at the same time, while all clients come back".formatted(invocations),
                invocations,
                quotas.concurrency(),
                "ask for a higher quota (L-B99A9384: concurrent executions), and name it with --concurrency where there"
                        + " is no --stage to read it from; a new account may have as few as 10");
    }

    private static Finding compare(String what, double expected, double quota, String remedy) {
        String text = what + ", of " + "%,.0f".formatted(quota);
        if (expected > quota) {
            return Finding.problem(ABOUT, text, remedy);
        }
        return expected > NEARLY * quota ? Finding.warning(ABOUT, text, remedy) : Finding.ok(ABOUT, text);
    }
}
