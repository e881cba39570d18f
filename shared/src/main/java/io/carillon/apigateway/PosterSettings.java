package io.carillon.apigateway;

import java.time.Duration;

/**
 * Bounds what a poster asks of API Gateway.
 *
 * @param maxInFlight how many calls may be under way at once; beyond some 200 the client only slows down
 * @param rate calls per second that may be made in the long run: by this process, or by all that share the quota
 * @param burst calls that it may make at once after a pause
 * @param attempts how often a message is posted at most
 * @param firstPause the longest pause before the second attempt; doubles for each one after
 * @param longestPause what no pause exceeds
 */
public record PosterSettings(
        int maxInFlight, int rate, int burst, int attempts, Duration firstPause, Duration longestPause) {

    /**
     * The account's default quota, which all APIs of the account in the Region share, and four attempts within some 400
     * ms. Source: quotas of API Gateway, "Throttle quota per account, per Region".
     */
    public static final PosterSettings DEFAULT =
            new PosterSettings(200, 10_000, 5_000, 4, Duration.ofMillis(50), Duration.ofMillis(200));

    /** The default for an account with another quota, which AWS lets burst by half of it. */
    public static PosterSettings ofQuota(int rate) {
        return DEFAULT.withQuota(rate, Math.max(1, rate / 2));
    }

    public PosterSettings {
        require(maxInFlight > 0, "maxInFlight must be > 0");
        require(rate > 0, "rate must be > 0");
        require(burst > 0, "burst must be > 0");
        require(attempts > 0, "attempts must be > 0");
        require(firstPause.isPositive(), "firstPause must be > 0");
        require(longestPause.compareTo(firstPause) >= 0, "longestPause must be >= firstPause");
    }

    /** The same with another share of the account's quota. */
    public PosterSettings withQuota(int newRate, int newBurst) {
        return new PosterSettings(maxInFlight, newRate, newBurst, attempts, firstPause, longestPause);
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
