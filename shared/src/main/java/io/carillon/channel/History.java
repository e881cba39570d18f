package io.carillon.channel;

import io.carillon.config.ChannelOptions;
import io.carillon.events.Position;
import io.carillon.events.ProtocolError;
import io.carillon.events.Publication;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Reads a channel's history: the last {@code history_size} publications not older than {@code history_ttl}. Rows
 * outlive that window until DynamoDB gets round to deleting them, so the window is applied here.
 *
 * <p>Safe for use by several threads.
 */
public final class History {

    private final ChannelLog log;
    private final InstantSource clock;

    public History(ChannelLog log, InstantSource clock) {
        this.log = log;
        this.clock = clock;
    }

    /** A stretch of history, and the position of the log's top. */
    public record Page(List<Publication> publications, Position top) {}

    /**
     * Reads publications after (or, in reverse, before) a position.
     *
     * @param since {@link Position#NONE} to start from the oldest (in reverse, from the newest)
     * @param limit 0 for the position alone; negative for all there is
     * @throws Refused 112 if {@code since} is of another epoch
     */
    public Page read(String channel, ChannelOptions options, Position since, int limit, boolean reverse) {
        LogState state = log.state(channel);
        if (!since.epoch().isEmpty() && !since.epoch().equals(state.epoch())) {
            throw new Refused(ProtocolError.UNRECOVERABLE_POSITION);
        }
        if (limit == 0) {
            return new Page(List.of(), state.top());
        }
        long oldest = oldest(state, options);
        long from = reverse || !since.isPresent() ? oldest : Math.max(oldest, since.offset() + 1);
        long to = reverse && since.isPresent() ? Math.min(state.offset(), since.offset() - 1) : state.offset();
        List<Publication> found = publications(channel, options, state.epoch(), from, to);
        if (reverse) {
            Collections.reverse(found);
        }
        boolean all = limit < 0 || limit >= found.size();
        return new Page(all ? found : List.copyOf(found.subList(0, limit)), state.top());
    }

    /** Gives the first offset that can be in the window by number; time may have taken more. */
    static long oldest(LogState state, ChannelOptions options) {
        return Math.max(state.floor(), state.offset() - options.historySize()) + 1;
    }

    private List<Publication> publications(String channel, ChannelOptions options, String epoch, long from, long to) {
        List<Publication> found = new ArrayList<>();
        if (from > to) {
            return found;
        }
        for (LogRecord standing : log.read(channel, epoch, from, to)) {
            if (standing instanceof LogRecord.Entry(Publication publication) && isFresh(publication, options)) {
                found.add(publication);
            }
        }
        return found;
    }

    /** Says whether a publication is not older than {@code history_ttl}. */
    boolean isFresh(Publication publication, ChannelOptions options) {
        return publication.time() > clock.millis() - options.historyTtl().toMillis();
    }
}
