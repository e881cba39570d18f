package io.carillon.dynamodb;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/** Waits between attempts, each time longer and by chance, and gives up after about a second. For one thread. */
final class Pause {

    private static final int ATTEMPTS = 8;

    private final String reason;
    private int taken;

    /** Prepares to wait because of {@code reason}, which the exception names if waiting does not help. */
    Pause(String reason) {
        this.reason = reason;
    }

    void take() {
        if (taken == ATTEMPTS) {
            throw new StoreBusyException(reason);
        }
        long most = Duration.ofMillis(4L << taken).toNanos();
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(most / 2, most));
        taken++;
    }
}
