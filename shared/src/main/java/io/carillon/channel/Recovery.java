package io.carillon.channel;

import io.carillon.config.ChannelOptions;
import io.carillon.config.RecoveryMode;
import io.carillon.events.Position;
import io.carillon.events.Publication;
import io.carillon.events.Request.Recover;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds out what a returning subscriber missed: all of it, or nothing with the word that it could not be had. Never a
 * part.
 *
 * <p>Safe for use by several threads.
 */
public final class Recovery {

    /** How many tombstones at the top of a log the cache mode looks behind. */
    private static final int LOOK_BACK = 16;

    private final ChannelLog log;
    private final History history;
    private final int limit;

    /**
     * Starts a recovery service.
     *
     * @param limit the most publications one recovery may return; who missed more is not recovered
     */
    public Recovery(ChannelLog log, History history, int limit) {
        this.log = log;
        this.history = history;
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
    }

    /**
     * Finds what lies between the position asked for and {@code top}.
     *
     * @param top how far the subscriber's mailbox has been delivered: what follows will be delivered by it
     */
    public Missed since(String channel, ChannelOptions options, Recover asked, Position top) {
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
            return new Missed(true, List.of());
        }
        long first = asked.offset() + 1;
        if (first < History.oldest(log.state(channel), options)) {
            return Missed.UNRECOVERABLE;
        }
        List<LogRecord> standing = history.unexpired(channel, options, top.epoch(), first, top.offset());
        if (standing.size() != missing) {
            return Missed.UNRECOVERABLE;
        }
        List<Publication> publications = new ArrayList<>(standing.size());
        for (LogRecord one : standing) {
            if (one instanceof LogRecord.Entry(Publication publication)) {
                publications.add(publication);
            }
        }
        return new Missed(true, publications);
    }

    /** In cache mode only the newest publication counts, and it is sent unless the client already has it. */
    private Missed latest(String channel, ChannelOptions options, Recover asked, Position top) {
        boolean upToDate = asked.offset() > 0
                && asked.offset() == top.offset()
                && asked.epoch().equals(top.epoch());
        LogState state = log.state(channel);
        long oldest = Math.max(History.oldest(state, options), top.offset() - LOOK_BACK);
        List<Publication> newest = history.publications(channel, options, top.epoch(), oldest, top.offset());
        if (newest.isEmpty()) {
            return new Missed(upToDate, List.of());
        }
        return new Missed(true, upToDate ? List.of() : List.of(newest.getLast()));
    }
}
