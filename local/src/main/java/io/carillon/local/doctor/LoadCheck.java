package io.carillon.local.doctor;

import java.util.ArrayList;
import java.util.List;

/**
 * Compares an expected load with the quotas of AWS, as they are by default. All are of an account in a Region.
 *
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html">API Gateway's quotas</a>
 */
public final class LoadCheck {

    private static final String ABOUT = "quotas";

    /** New connections per second (L-9ED1E49A). */
    private static final int CONNECTS = 500;

    /** API Gateway closes a connection after two hours. */
    private static final int LIFETIME_SECONDS = 7200;

    /** Writes per second to one partition of DynamoDB, of which a publication takes one to its channel's log. */
    private static final int CHANNEL_WRITES = 1000;

    /** All clients that come back after a cut shall be there within a minute. */
    private static final int RETURN_SECONDS = 60;

    private static final double NEARLY = 0.7;

    private final Expected expected;
    private final int postQuota;

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
     * Starts.
     *
     * @param postQuota carillon.post_quota: requests per second that the account may make
     */
    public LoadCheck(Expected expected, int postQuota) {
        this.expected = expected;
        this.postQuota = postQuota;
    }

    /** Looks. */
    public List<Finding> look() {
        List<Finding> found = new ArrayList<>();
        double frames = expected.publications();
        double pings = expected.connections() / 420.0;
        double requests = expected.publications() * expected.subscribers() + frames + pings;
        found.add(compare(
                "%,.0f requests to API Gateway per second".formatted(requests),
                requests,
                postQuota,
                "ask for a higher quota (L-8A5B8E43: throttle rate per second) and set carillon.post_quota to it; "
                        + "or publish less often: what is published within a delivery shares its post"));
        double renewals = (double) expected.connections() / LIFETIME_SECONDS;
        double afterACut = (double) expected.connections() / RETURN_SECONDS;
        found.add(compare(
                "%,.1f new connections per second, as each lasts two hours".formatted(renewals),
                renewals,
                CONNECTS,
                "ask for a higher quota (L-9ED1E49A: new connections per second)"));
        if (afterACut > CONNECTS) {
            found.add(Finding.warning(
                    ABOUT,
                    "after a cut that hits all, %,d connections need %,.0f s to be back"
                            .formatted(expected.connections(), (double) expected.connections() / CONNECTS),
                    "ask for %,.0f new connections per second (L-9ED1E49A) if a minute is wanted"
                            .formatted(afterACut)));
        }
        found.add(compare(
                "%,.0f publications per second in the busiest channel".formatted(expected.busiestChannel()),
                expected.busiestChannel(),
                CHANNEL_WRITES,
                "spread it over several channels: a channel's log is one partition of DynamoDB"));
        return found;
    }

    private static Finding compare(String what, double expected, double quota, String remedy) {
        String text = what + ", of " + "%,.0f".formatted(quota);
        if (expected > quota) {
            return Finding.problem(ABOUT, text, remedy);
        }
        return expected > NEARLY * quota ? Finding.warning(ABOUT, text, remedy) : Finding.ok(ABOUT, text);
    }
}
