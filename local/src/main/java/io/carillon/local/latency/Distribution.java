package io.carillon.local.latency;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long something takes: a lognormal distribution, told by its median and its 99th percentile.
 *
 * @param p50Ms the median in milliseconds, over 0
 * @param p99Ms the 99th percentile in milliseconds, not below the median
 * @param source where the numbers are from
 * @param confidence how far to trust them
 */
public record Distribution(double p50Ms, double p99Ms, String source, Confidence confidence) {

    /** The 99th percentile of the standard normal distribution. */
    private static final double Z99 = 2.3263478740408408;

    private static final double NANOS_PER_MILLI = 1e6;

    /** Longer than anything that is still a delay. */
    private static final double LONGEST_MS = 60_000;

    /** How far to trust numbers. */
    public enum Confidence {
        /** Somebody measured just that, and published it. */
        @JsonProperty("measured")
        MEASURED,
        /** Follows from what somebody published about something near to it. */
        @JsonProperty("derived")
        DERIVED,
        /** Nothing was found: a guess, to be replaced by a measurement in an account. */
        @JsonProperty("assumption")
        ASSUMPTION
    }

    /** Checks that it is a distribution. */
    public Distribution {
        if (!(p50Ms > 0)) {
            throw new IllegalArgumentException("p50_ms must be over 0, not " + p50Ms);
        }
        if (!(p99Ms >= p50Ms && p99Ms <= LONGEST_MS)) {
            throw new IllegalArgumentException("p99_ms must be from p50_ms to 60000, not " + p99Ms);
        }
        if (source.isBlank()) {
            throw new IllegalArgumentException("source must say where the numbers are from");
        }
    }

    /** Draws one duration. */
    public Duration draw(RandomGenerator random) {
        double sigma = Math.log(p99Ms / p50Ms) / Z99;
        double millis = p50Ms * Math.exp(sigma * random.nextGaussian());
        return Duration.ofNanos(Math.round(Math.min(millis, LONGEST_MS) * NANOS_PER_MILLI));
    }
}
