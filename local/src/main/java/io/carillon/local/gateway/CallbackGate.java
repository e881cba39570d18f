package io.carillon.local.gateway;

/**
 * Decides over each {@code @connections} request before it reaches its connection: the account's request rate, and any
 * fault a test wants to see.
 *
 * <p>Called on the HTTP threads, so it must not block; called from several threads at once.
 */
@FunctionalInterface
public interface CallbackGate {

    /** What becomes of a request. */
    enum Verdict {
        /** Goes on to the connection. */
        PASS,
        /** Answered 410 {@code GoneException}, though the connection may be alive: AWS's false 410. */
        GONE,
        /** Answered 429 {@code LimitExceededException}. */
        LIMIT_EXCEEDED,
        /** Answered 403 {@code ForbiddenException}. */
        FORBIDDEN,
        /** Answered 500 {@code InternalServerErrorException}. */
        INTERNAL_ERROR,
        /** Answered 503 {@code ServiceUnavailableException}. */
        UNAVAILABLE
    }

    /**
     * Judges one request.
     *
     * @param method       {@code POST}, {@code GET} or {@code DELETE}
     * @param connectionId the id asked for, which may be unknown or malformed
     */
    Verdict judge(String method, String connectionId);

    /** Lets every request pass. */
    static CallbackGate open() {
        return (method, connectionId) -> Verdict.PASS;
    }

    /**
     * Lets requests pass at a rate, as API Gateway's account throttle does.
     *
     * @param perSecond requests per second in the long run
     * @param burst     requests at once after a quiet time
     */
    static CallbackGate rate(double perSecond, int burst) {
        TokenBucket bucket = new TokenBucket(perSecond, burst, System::nanoTime);
        return (method, connectionId) -> bucket.tryTake() ? Verdict.PASS : Verdict.LIMIT_EXCEEDED;
    }

    /** Gives the rate of a new AWS account: 10,000 per second with a burst of 5,000 (API Gateway account quotas). */
    static CallbackGate accountRate() {
        return rate(10_000, 5_000);
    }
}
