package io.carillon.functions;

import io.carillon.config.SecretSection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives what was made from secrets, and makes it anew when a secret has changed: an old one is taken for five minutes
 * after a rotation at most. That goes for a function restored from a snapshot of any age, since the snapshot remembers
 * when it looked. While the secrets cannot be read, the last ones stay.
 *
 * <p>Safe for use by several threads.
 */
final class Renewed<T> implements Supplier<T> {

    private static final Logger LOG = LoggerFactory.getLogger(Renewed.class);
    private static final Duration FRESH = Duration.ofMinutes(5);

    private final Supplier<Map<SecretSection, String>> secrets;
    private final Function<Map<SecretSection, String>, T> maker;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile Made<T> made;

    private record Made<T>(Map<SecretSection, String> secrets, T part, Instant seen) {}

    Renewed(
            Supplier<Map<SecretSection, String>> secrets,
            Function<Map<SecretSection, String>, T> maker,
            InstantSource clock) {
        this.secrets = secrets;
        this.maker = maker;
        this.clock = clock;
        Map<SecretSection, String> first = secrets.get();
        this.made = new Made<>(first, maker.apply(first), clock.instant());
    }

    @Override
    public T get() {
        if (isStale()) {
            lock.lock();
            try {
                if (isStale()) {
                    renew();
                }
            } finally {
                lock.unlock();
            }
        }
        return made.part();
    }

    private boolean isStale() {
        return clock.instant().isAfter(made.seen().plus(FRESH));
    }

    private void renew() {
        Made<T> last = made;
        try {
            Map<SecretSection, String> current = secrets.get();
            boolean changed = !current.equals(last.secrets());
            made = new Made<>(current, changed ? maker.apply(current) : last.part(), clock.instant());
        } catch (RuntimeException e) {
            LOG.warn("The secrets cannot be used; going on with the last ones for five minutes", e);
            made = new Made<>(last.secrets(), last.part(), clock.instant());
        }
    }
}
