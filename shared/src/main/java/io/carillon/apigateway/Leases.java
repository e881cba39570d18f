package io.carillon.apigateway;

import io.carillon.delivery.Quota;
import io.carillon.metrics.Measure;
import io.carillon.metrics.Metrics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the quota that all processes share, without waiting for its answer. If none comes in time, and for a while after
 * that, this process keeps to the quota by itself, as if it were alone: messages matter more than a few 429, which are
 * tried again.
 *
 * <p>Safe for use by several threads.
 */
final class Leases {

    private static final Logger LOG = LoggerFactory.getLogger(Leases.class);

    /** Much longer than a write takes, and short beside what a delivery may take. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private static final Duration ALONE = Duration.ofSeconds(5);

    private final Quota quota;
    private final Quota own;
    private final InstantSource clock;
    private final Executor executor;
    private final Delay delay;
    private final Metrics metrics;
    private volatile Instant aloneUntil = Instant.MIN;

    /**
     * Starts to ask.
     *
     * @param own the same quota, for when the shared one cannot be asked
     * @param executor runs the calls to the quota, which may block
     */
    Leases(Quota quota, Quota own, InstantSource clock, Executor executor, Delay delay, Metrics metrics) {
        this.quota = quota;
        this.own = own;
        this.clock = clock;
        this.executor = executor;
        this.delay = delay;
        this.metrics = metrics;
    }

    /** Leases so many calls; {@code granted} is told, once, how long to wait before they may be made. */
    void ask(int calls, Consumer<Duration> granted) {
        if (clock.instant().isBefore(aloneUntil)) {
            granted.accept(until(own.lease(calls)));
            return;
        }
        AtomicBoolean isAnswered = new AtomicBoolean();
        delay.after(
                PATIENCE, () -> goAlone(isAnswered, calls, granted, "no answer within " + PATIENCE.toMillis() + " ms"));
        executor.execute(() -> {
            try {
                Duration wait = until(quota.lease(calls));
                if (isAnswered.compareAndSet(false, true)) {
                    granted.accept(wait);
                }
            } catch (RuntimeException e) {
                goAlone(isAnswered, calls, granted, e.toString());
            }
        });
    }

    private void goAlone(AtomicBoolean isAnswered, int calls, Consumer<Duration> granted, String reason) {
        if (isAnswered.compareAndSet(false, true)) {
            aloneUntil = clock.instant().plus(ALONE);
            metrics.count(Measure.QUOTA_UNKNOWN);
            LOG.warn(
                    "The shared quota of posts cannot be asked, so this process keeps to it by itself for {} s: check that"
                            + " the role may dynamodb:UpdateItem on the channels table, and its throttling metrics: {}",
                    ALONE.toSeconds(),
                    reason);
            granted.accept(until(own.lease(calls)));
        }
    }

    private Duration until(Instant start) {
        Duration wait = Duration.between(clock.instant(), start);
        return wait.isNegative() ? Duration.ZERO : wait;
    }
}
