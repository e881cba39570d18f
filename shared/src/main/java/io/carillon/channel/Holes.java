package io.carillon.channel;

import io.carillon.metrics.Measure;
import io.carillon.metrics.Metrics;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Fills a hole in what somebody knows of a log, from the log. An offset whose publisher has not written it yet is waited
 * for a moment, then closed with a tombstone, so that one dead publisher cannot hold up a channel; the late publisher's
 * own write then fails and it takes a new offset.
 *
 * <p>Safe for use by several threads.
 */
public final class Holes {

    /** A larger hole is not filled: whoever is behind it recovers, or is told that it cannot. */
    public static final int LIMIT = 1000;

    private final ChannelLog log;
    private final List<Duration> waits;
    private final Metrics metrics;

    /**
     * Starts with how long to wait for a late publisher.
     *
     * @param waits the pauses between the looks at the log
     */
    public Holes(ChannelLog log, List<Duration> waits) {
        this(log, waits, Metrics.NONE);
    }

    /** Starts with how long to wait for a late publisher, and counts what had to be closed. */
    public Holes(ChannelLog log, List<Duration> waits, Metrics metrics) {
        this.log = log;
        this.metrics = metrics;
        this.waits = List.copyOf(waits);
    }

    /**
     * Reads the offsets {@code from} to {@code to}, closing those that stay empty.
     *
     * @return one record per offset; empty if they are too many, or some are not to be had any more
     */
    public Optional<List<LogRecord>> fill(String channel, String epoch, long from, long to) {
        return fill(channel, epoch, from, to, offset -> false);
    }

    /**
     * The same where the publication at {@code to} is known to have been written: if it cannot be read, it has expired,
     * and nobody may close its offset as if it had never been.
     */
    public Optional<List<LogRecord>> fillWritten(String channel, String epoch, long from, long to) {
        return fill(channel, epoch, from, to, offset -> offset == to);
    }

    private Optional<List<LogRecord>> fill(String channel, String epoch, long from, long to, LongPredicate isWritten) {
        long wanted = to - from + 1;
        if (wanted > LIMIT) {
            return Optional.empty();
        }
        List<LogRecord> standing = log.read(channel, epoch, from, to);
        for (Duration wait : waits) {
            if (standing.size() == wanted) {
                return Optional.of(standing);
            }
            if (missing(standing, from, to).allMatch(isWritten)) {
                return Optional.empty();
            }
            pause(wait);
            standing = log.read(channel, epoch, from, to);
        }
        if (standing.size() < wanted) {
            missing(standing, from, to)
                    .filter(isWritten.negate())
                    .filter(offset -> log.tombstone(channel, epoch, offset))
                    .forEach(offset -> metrics.count(Measure.HOLES_CLOSED));
            standing = log.read(channel, epoch, from, to);
        }
        return standing.size() == wanted ? Optional.of(standing) : Optional.empty();
    }

    private static LongStream missing(List<LogRecord> standing, long from, long to) {
        Set<Long> found = standing.stream().map(LogRecord::offset).collect(Collectors.toSet());
        return LongStream.rangeClosed(from, to).filter(offset -> !found.contains(offset));
    }

    private static void pause(Duration wait) {
        try {
            Thread.sleep(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for a late publisher", e);
        }
    }
}
