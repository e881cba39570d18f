package io.carillon.apigateway;

import java.util.function.LongSupplier;

/** Lets so many calls pass per second, and some at once after a pause. Not thread-safe. */
final class TokenBucket {

    private static final long SECOND = 1_000_000_000L;

    private final double perNano;
    private final double capacity;
    private final LongSupplier nanoTime;
    private double tokens;
    private long filledAt;

    /** Starts full. */
    TokenBucket(int ratePerSecond, int burst, LongSupplier nanoTime) {
        this.perNano = (double) ratePerSecond / SECOND;
        this.capacity = burst;
        this.nanoTime = nanoTime;
        this.tokens = burst;
        this.filledAt = nanoTime.getAsLong();
    }

    /** How many may pass now. */
    int available() {
        fill();
        return (int) tokens;
    }

    /** Takes a token and gives 0, or takes none and gives the nanoseconds until there will be one. */
    long take() {
        fill();
        if (tokens >= 1) {
            tokens--;
            return 0;
        }
        return Math.max(1, (long) Math.ceil((1 - tokens) / perNano));
    }

    private void fill() {
        long now = nanoTime.getAsLong();
        tokens = Math.min(capacity, tokens + Math.max(0, now - filledAt) * perNano);
        filledAt = now;
    }
}
