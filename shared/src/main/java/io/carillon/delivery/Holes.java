package io.carillon.delivery;

import io.carillon.channel.ChannelLog;
import io.carillon.channel.LogRecord;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Fills a hole in what a mailbox received, from the log. An offset whose publisher has not written it yet is waited
 * for a moment, then closed with a tombstone, so that one dead publisher cannot hold up a channel; the late publisher's
 * own write then fails and it takes a new offset.
 */
final class Holes {

    /** A larger hole is not filled: whoever is behind it recovers, or is told that it cannot. */
    static final int LIMIT = 1000;

    private final ChannelLog log;
    private final List<Duration> waits;

    /**
     * Starts with how long to wait for a late publisher.
     *
     * @param waits the pauses between the looks at the log
     */
    Holes(ChannelLog log, List<Duration> waits) {
        this.log = log;
        this.waits = waits;
    }

    /**
     * Reads the offsets {@code from} to {@code to}, closing those that stay empty.
     *
     * @return one record per offset; empty if some of them are not to be had any more
     */
    Optional<List<LogRecord>> fill(String channel, String epoch, long from, long to) {
        long wanted = to - from + 1;
        if (wanted > LIMIT) {
            return Optional.empty();
        }
        List<LogRecord> standing = log.read(channel, epoch, from, to);
        for (Duration wait : waits) {
            if (standing.size() == wanted) {
                return Optional.of(standing);
            }
            pause(wait);
            standing = log.read(channel, epoch, from, to);
        }
        if (standing.size() < wanted) {
            Set<Long> found = standing.stream().map(LogRecord::offset).collect(Collectors.toSet());
            LongStream.rangeClosed(from, to)
                    .filter(offset -> !found.contains(offset))
                    .forEach(offset -> log.tombstone(channel, epoch, offset));
            standing = log.read(channel, epoch, from, to);
        }
        return standing.size() == wanted ? Optional.of(standing) : Optional.empty();
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
