package io.carillon.local.eventsource;

import java.time.Duration;

/**
 * Says how pollers wait for messages: by long polls, or, where sends can be seen, by short polls at the right time.
 * It is only a hint: what is received, and when, is for the queue alone to say.
 *
 * <p>Implementations are safe for use by several threads.
 */
public interface QueueWatch {

    /** Says how long a receive may be held open by the queue: whole seconds, 0 to 20. */
    Duration receiveWait();

    /** Marks the present state of a queue, to be taken before a receive. */
    long mark(String queueUrl);

    /** Waits until a queue may hold more than it did at the mark, or long enough to look again. */
    void await(String queueUrl, long mark) throws InterruptedException;

    /** Says that a receive found messages, so that there may be more: one more poller should look. */
    void found(String queueUrl);

    /** Waits by long polls of 20 seconds, as the Lambda pollers do. */
    static QueueWatch longPolling() {
        return new QueueWatch() {
            @Override
            public Duration receiveWait() {
                return Duration.ofSeconds(20);
            }

            @Override
            public long mark(String queueUrl) {
                return 0;
            }

            @Override
            public void await(String queueUrl, long mark) {
                // The receive has waited already.
            }

            @Override
            public void found(String queueUrl) {
                // All pollers have a receive open already.
            }
        };
    }
}
