package io.carillon.local.gateway;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Lets calls pass at a rate, with a burst. Keeps one number, the time at which the bucket would be empty of debt, so that
 * taking a token is one compare-and-set.
 */
final class TokenBucket {

    private final double nanosPerToken;
    private final long burstNanos;
    private final LongSupplier nanoTime;
    private final AtomicLong paidUntil;

    TokenBucket(double perSecond, int burst, LongSupplier nanoTime) {
        if (!(perSecond > 0) || burst < 1) {
            throw new IllegalArgumentException(
                    "A rate must be above 0 and a burst at least 1, not " + perSecond + " and " + burst);
        }
        this.nanosPerToken = 1e9 / perSecond;
        this.burstNanos = Math.round(burst * nanosPerToken);
        this.nanoTime = nanoTime;
        this.paidUntil = new AtomicLong(nanoTime.getAsLong());
    }

    boolean tryTake() {
        long cost = Math.max(1, Math.round(nanosPerToken));
        while (true) {
            long now = nanoTime.getAsLong();
            long paid = paidUntil.get();
            // Time not used in the past is worth no more than one full burst.
            long next = (paid - now < 0 ? now : paid) + cost;
            if (next - now > burstNanos) {
                return false;
            }
            if (paidUntil.compareAndSet(paid, next)) {
                return true;
            }
        }
    }
}
