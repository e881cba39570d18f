package io.carillon.infra;

import software.amazon.awscdk.services.apigatewayv2.ThrottleSettings;

/**
 * Limits the requests of all clients of one API together; API Gateway answers those beyond it with 429. Its own limit is
 * the account's quota, which all APIs of a Region share.
 *
 * @param requestsPerSecond what it lets through for any length of time
 * @param burst how many more at one moment
 */
public record Throttle(int requestsPerSecond, int burst) {

    /** Checks that anything gets through. */
    public Throttle {
        if (requestsPerSecond < 1 || burst < 1) {
            throw new IllegalArgumentException("A throttle lets through at least 1 request per second, with a burst of"
                    + " at least 1; it was " + requestsPerSecond + " and " + burst);
        }
    }

    /** Gives one that lets through half as much, but something. */
    Throttle half() {
        return new Throttle(Math.max(1, requestsPerSecond / 2), Math.max(1, burst / 2));
    }

    ThrottleSettings settings() {
        return ThrottleSettings.builder()
                .rateLimit(requestsPerSecond)
                .burstLimit(burst)
                .build();
    }
}
