package io.carillon.channel;

import io.carillon.config.ChannelOptions;
import io.carillon.config.RecoveryMode;
import io.carillon.events.Position;
import io.carillon.events.Publication;
import io.carillon.events.Request.Recover;
import io.carillon.metrics.Measure;
import io.carillon.metrics.Metrics;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * Finds out what a returning subscriber missed: all of it, or nothing with the word that it could not be had. Never a
 * part.
 *
 * <p>Safe for use by several threads.
 */
public final class Recovery {

    /** How far to look for an older publication, behind tombstones and offsets that nobody wrote to. */
    private static final int LOOK_BACK = 16;

    private final ChannelLog log;
    private final History history;
    private final Holes holes;
    private final int limit;
    private final Metrics metrics;

    /**
     * Starts a recovery service.
     *
     * @param limit the most publications one recovery may return; who missed more is not recovered
     */
    public Recovery(ChannelLog log, History history, Holes holes, int limit) {
        this(log, history, holes, limit, Metrics.NONE);
    }

    /** The same, and counts which recoveries succeed. */
    public Recovery(ChannelLog log, History history, Holes holes, int limit, Metrics metrics) {
        this.log = log;
        this.metrics = metrics;
        this.history = history;
        this.holes = holes;
        this.limit = limit;
    }

    /**
     * What was missed.
     *
     * @param recovered whether {@code publications} lead from the requested position to the top without a gap
     * @param publications oldest first
     */
    public record Missed(boolean recovered, List<Publication> publications) {

        static final Missed UNRECOVERABLE = new Missed(false, List.of());

        static final Missed NOTHING = new Missed(true, List.of());
    }

    /**
     * Finds what lies between the position asked for and {@code top}.
     *
     * @param top how far the subscriber's mailbox has been delivered: what follows will be delivered by it
     */
    public Missed since(String channel, ChannelOptions options, Recover asked, Position top) {
        // A mailbox may not have heard of a new epoch yet; what was published elsewhere meanwhile is not in its log.
        Missed missed = log.continues(top.epoch()) ? found(channel, options, asked, top) : Missed.UNRECOVERABLE;
        metrics.count(missed.recovered() ? Measure.RECOVERIES : Measure.FAILED_RECOVERIES);
        return missed;
    }

    private Missed found(String channel, ChannelOptions options, Recover asked, Position top) {
        return options.forceRecoveryMode() == RecoveryMode.CACHE
                ? latest(channel, options, asked, top)
                : stream(channel, options, asked, top);
    }

    private Missed stream(String channel, ChannelOptions options, Recover asked, Position top) {
        boolean sameLog = asked.epoch().isEmpty() || asked.epoch().equals(top.epoch());
        long missing = top.offset() - asked.offset();
        if (!sameLog || missing < 0 || missing > limit) {
            return Missed.UNRECOVERABLE;
        }
        if (missing == 0) {
            return Missed.NOTHING;
        }
        long first = asked.offset() + 1;
        if (first < History.oldest(log.state(channel), options)) {
            return Missed.UNRECOVERABLE;
        }
        List<LogRecord> standing = settled(channel, top.epoch(), first, top.offset());
        boolean isWhole = standing.size() == missing && standing.stream().allMatch(one -> isFresh(one, options));
        return isWhole ? new Missed(true, publications(standing)) : Missed.UNRECOVERABLE;
    }

    /**
     * In cache mode only the newest publication counts, and it is sent unless the client already has it. As Centrifuge
     * decides it (isCacheRecovered in client.go), except that a tombstone at the top hides nothing.
     */
    private Missed latest(String channel, ChannelOptions options, Recover asked, Position top) {
        long oldest = Math.max(History.oldest(log.state(channel), options), top.offset() - LOOK_BACK);
        List<LogRecord> standing = settled(channel, top.epoch(), oldest, top.offset());
        boolean upToDate = asked.offset() > 0
                && asked.offset() <= top.offset()
                && asked.epoch().equals(top.epoch())
                && tombstonesAfter(standing, asked.offset()) == top.offset() - asked.offset();
        List<Publication> newest = publications(
                standing.stream().filter(one -> isFresh(one, options)).toList());
        if (upToDate || newest.isEmpty()) {
            return upToDate ? Missed.NOTHING : Missed.UNRECOVERABLE;
        }
        return new Missed(true, List.of(newest.getLast()));
    }

    /**
     * Reads a stretch of the log, and waits for a publisher that has taken an offset in it but has not written yet. Such
     * an offset is known from one that has expired by an older publication that still stands.
     */
    private List<LogRecord> settled(String channel, String epoch, long from, long to) {
        List<LogRecord> standing = log.read(channel, epoch, from, to);
        if (standing.size() == to - from + 1) {
            return standing;
        }
        OptionalLong older = oldestEntry(log.read(channel, epoch, Math.max(1, from - LOOK_BACK), from - 1));
        OptionalLong known = older.isPresent() ? older : oldestEntry(standing);
        if (known.isEmpty()) {
            return standing;
        }
        long next = Math.max(from, known.getAsLong() + 1);
        List<LogRecord> settled = between(from, next - 1, standing);
        settled.addAll(holes.fill(channel, epoch, next, to).orElseGet(() -> between(next, to, standing)));
        return settled;
    }

    private static OptionalLong oldestEntry(List<LogRecord> standing) {
        return standing.stream()
                .filter(LogRecord.Entry.class::isInstance)
                .mapToLong(LogRecord::offset)
                .findFirst();
    }

    private static List<LogRecord> between(long from, long to, List<LogRecord> standing) {
        List<LogRecord> between = new ArrayList<>(standing);
        between.removeIf(one -> one.offset() < from || one.offset() > to);
        return between;
    }

    private static long tombstonesAfter(List<LogRecord> standing, long offset) {
        return standing.stream()
                .filter(one -> one instanceof LogRecord.Tombstone && one.offset() > offset)
                .count();
    }

    private boolean isFresh(LogRecord standing, ChannelOptions options) {
        return !(standing instanceof LogRecord.Entry(Publication publication)) || history.isFresh(publication, options);
    }

    private static List<Publication> publications(List<LogRecord> standing) {
        List<Publication> publications = new ArrayList<>(standing.size());
        for (LogRecord one : standing) {
            if (one instanceof LogRecord.Entry(Publication publication)) {
                publications.add(publication);
            }
        }
        return publications;
    }
}
