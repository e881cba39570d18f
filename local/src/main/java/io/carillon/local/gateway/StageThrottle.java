package io.carillon.local.gateway;

/**
 * Limits what a stage of an API takes: handshakes and frames of a WebSocket API together, requests of an HTTP API. What
 * is too much is answered 429, or with API Gateway's own error frame, before any function hears of it.
 *
 * <p>Called on the HTTP threads, so it must not block; called from several threads at once.
 */
@FunctionalInterface
public interface StageThrottle {

    /** Says whether one more may pass now. */
    boolean takes();

    /** Takes everything: the stage has no throttle of its own. */
    static StageThrottle open() {
        return () -> true;
    }

    /**
     * Throttles as {@code DefaultRouteSettings} of a stage do.
     *
     * @param perSecond {@code ThrottlingRateLimit}, above 0
     * @param burst {@code ThrottlingBurstLimit}, at least 1
     */
    static StageThrottle of(double perSecond, int burst) {
        return new TokenBucket(perSecond, burst, System::nanoTime)::tryTake;
    }
}
