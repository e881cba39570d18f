package io.carillon.local.lambda;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the invocations that run at the same time across all functions that share it, as Lambda's account concurrency
 * does, and refuses those beyond the limit.
 *
 * <p>Safe for use by several threads; the limit may change while functions run, and then holds for new invocations.
 */
public final class AccountConcurrency {

    /** Lambda's quota for a new account. */
    public static final int DEFAULT_LIMIT = 1_000;

    private final AtomicInteger running = new AtomicInteger();
    private volatile int limit;

    /** Allows {@code limit} invocations at the same time; 0 throttles every one. */
    public AccountConcurrency(int limit) {
        limit(limit);
    }

    /** Allows what a new AWS account allows. */
    public static AccountConcurrency defaults() {
        return new AccountConcurrency(DEFAULT_LIMIT);
    }

    /** Sets the limit for the invocations to come. */
    public void limit(int newLimit) {
        if (newLimit < 0) {
            throw new IllegalArgumentException("A concurrency limit must be 0 or more, not " + newLimit);
        }
        limit = newLimit;
    }

    public int limit() {
        return limit;
    }

    /** Counts the invocations that run now. */
    public int running() {
        return running.get();
    }

    boolean tryEnter() {
        if (running.incrementAndGet() > limit) {
            running.decrementAndGet();
            return false;
        }
        return true;
    }

    void leave() {
        running.decrementAndGet();
    }
}
