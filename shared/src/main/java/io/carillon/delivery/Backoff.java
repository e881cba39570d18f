package io.carillon.delivery;

import java.util.concurrent.CompletableFuture;

/**
 * Says how long messages that were refused for now may be posted again, for many that are posted side by side: as long
 * as others are still under way, since nobody waits for them alone. When all the others are done and at least one was
 * delivered, those that pause between two attempts are given up. Where none is delivered, all may try to the end; but if
 * they are few beside the subscribers who wait for the mailbox's next publication, only once more.
 *
 * <p>Safe for use by several threads.
 */
public final class Backoff {

    /** Allows one attempt. */
    public static final Backoff NONE = new Backoff(0, 0);

    /** Those who are fewer than one in so many do not keep the others waiting. */
    private static final int FEW = 10;

    static {
        NONE.over.complete(null);
    }

    private final CompletableFuture<Void> over = new CompletableFuture<>();
    private int busy;
    private int patience;
    private boolean hasDelivered;

    private Backoff(int busy, int patience) {
        this.busy = busy;
        this.patience = patience;
    }

    /** Allows as many attempts as the poster makes. */
    public static Backoff unlimited() {
        return new Backoff(1, Integer.MAX_VALUE);
    }

    /**
     * Starts for a number of connections, for each of which {@link #done} is called in the end.
     *
     * @param subscribers how many are subscribed to the mailbox, all of whom wait until this is over
     */
    static Backoff among(int connections, int subscribers) {
        boolean isFew = connections * FEW <= subscribers;
        return new Backoff(connections, isFew ? 1 : Integer.MAX_VALUE);
    }

    /** Notes that a message begins to wait for its next attempt. */
    public void pausing() {
        rest(false);
    }

    /** Notes that the next attempt of a message begins. */
    public synchronized void resuming() {
        busy++;
    }

    /** Notes that nothing is to be posted to a connection any more. */
    void done(boolean isDelivered) {
        rest(isDelivered);
    }

    /** Whether no further attempt is worth while. */
    public boolean isOver() {
        return over.isDone();
    }

    /** Does something as soon as no further attempt is worth while, at once if that is so already. */
    public void whenOver(Runnable action) {
        over.thenRun(action);
    }

    private void rest(boolean isDelivered) {
        boolean isOver;
        synchronized (this) {
            busy--;
            hasDelivered |= isDelivered;
            isOver = busy <= 0 && (hasDelivered || patience-- <= 0);
        }
        if (isOver) {
            over.complete(null);
        }
    }
}
