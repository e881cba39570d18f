package io.carillon.push;

import io.carillon.events.PushJob;
import java.time.Duration;
import java.util.List;

/** Takes jobs for the push handler: at least once each, in any order. Safe for use by several threads. */
@FunctionalInterface
public interface PushQueue {

    /** How often a job is received before it is set aside in the dead-letter queue. */
    int RECEIVES = 10;

    /** The longest that SQS holds a message back. */
    Duration LONGEST_DELAY = Duration.ofMinutes(15);

    /**
     * Sends jobs.
     *
     * @param delay how long each is held back; whole seconds up to {@link #LONGEST_DELAY}
     * @throws RuntimeException if not all were taken; the caller may send them all again
     */
    void send(List<PushJob> jobs, Duration delay);
}
