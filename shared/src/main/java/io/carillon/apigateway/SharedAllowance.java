package io.carillon.apigateway;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.LongSupplier;

/**
 * Allows a small share of the quota unasked, and beyond it what is leased from the quota that all processes share. So a
 * delivery to a few costs no lease and waits for none, and one to many makes its first calls while it asks for the next.
 *
 * <p>Leases what is waiting, but no less than half of what it called in a second of late, since each lease is a write that
 * is billed and whoever posts steadily will use it; and never has more than 25 ms of the quota ahead that have not begun:
 * whoever comes later waits for so much of each who was there before, however much they have to send.
 *
 * <p>Safe for use by several threads.
 */
final class SharedAllowance implements Allowance {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final int CHUNKS_PER_SECOND = 40;
    private static final int UNASKED_PER_SECOND = 500;
    private static final int UNASKED_AT_ONCE = 100;

    /** A function that was frozen for longer must not wake up with calls of a time that is over. */
    private static final long STALE = Duration.ofSeconds(1).toNanos();

    private record Chunk(long start, int calls) {
        Chunk less() {
            return new Chunk(start, calls - 1);
        }
    }

    private final int chunk;
    private final TokenBucket unasked;
    private final Leases leases;
    private final LongSupplier nanoTime;
    private final Runnable onGrant;
    private final Queue<Chunk> granted = new ArrayDeque<>();
    private Chunk current = new Chunk(0, 0);
    private boolean isAsking;
    private long secondBegan;
    private int calledThisSecond;
    private int calledLastSecond;

    /**
     * Starts with the whole unasked share.
     *
     * @param rate the quota in calls per second
     * @param onGrant is called, on another thread, when it may be that more is allowed
     */
    SharedAllowance(int rate, Leases leases, LongSupplier nanoTime, Runnable onGrant) {
        this.chunk = Math.max(1, rate / CHUNKS_PER_SECOND);
        this.unasked =
                new TokenBucket(Math.max(1, rate / UNASKED_PER_SECOND), Math.max(1, rate / UNASKED_AT_ONCE), nanoTime);
        this.leases = leases;
        this.nanoTime = nanoTime;
        this.onGrant = onGrant;
    }

    @Override
    public synchronized long take(int waiting) {
        begin();
        ask(waiting);
        // What was asked may be there already.
        begin();
        if (current.calls() > 0) {
            current = current.less();
            count();
            return 0;
        }
        long wait = unasked.take();
        if (wait == 0) {
            count();
        }
        return granted.isEmpty()
                ? wait
                : Math.min(wait, Math.max(1, granted.element().start() - nanoTime.getAsLong()));
    }

    private void begin() {
        long now = nanoTime.getAsLong();
        if (now - current.start() > STALE) {
            current = new Chunk(now, 0);
        }
        if (current.calls() == 0 && !granted.isEmpty() && granted.element().start() - now <= 0) {
            current = granted.remove();
        }
    }

    private void ask(int waiting) {
        int ahead = granted.stream().mapToInt(Chunk::calls).sum();
        int needed = waiting - current.calls() - ahead - unasked.available();
        int calls = Math.min(Math.max(needed, usual() / 2), chunk - ahead);
        if (needed > 0 && calls > 0 && !isAsking) {
            isAsking = true;
            leases.ask(calls, wait -> grant(calls, wait));
        }
    }

    private void count() {
        turn();
        calledThisSecond++;
    }

    private int usual() {
        turn();
        return Math.max(calledThisSecond, calledLastSecond);
    }

    private void turn() {
        long past = nanoTime.getAsLong() - secondBegan;
        if (past >= SECOND) {
            calledLastSecond = past < 2 * SECOND ? calledThisSecond : 0;
            calledThisSecond = 0;
            secondBegan = nanoTime.getAsLong();
        }
    }

    private void grant(int calls, Duration wait) {
        synchronized (this) {
            isAsking = false;
            granted.add(new Chunk(nanoTime.getAsLong() + wait.toNanos(), calls));
        }
        onGrant.run();
    }
}
