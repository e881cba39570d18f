package io.carillon.channel;

import io.carillon.config.ChannelOptions;
import io.carillon.delivery.Mailboxes;
import io.carillon.delivery.Mailboxes.Letter;
import io.carillon.delivery.ShardState;
import io.carillon.delivery.Shards;
import io.carillon.events.Mail;
import io.carillon.events.Publication;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Heals what a publisher left behind that died between the log and the mailboxes: the publication is in the history, but
 * no mailbox knows of it, and without another publication none would. Compares a channel's log with how far its shards
 * have been delivered, and tells those that have been behind for a minute how far they should be; their deliverers read
 * the rest from the log.
 *
 * <p>The message has the dedup id that the publisher's own would have had, so it vanishes if that was sent after all in
 * the last five minutes; one that comes later is skipped by a deliverer that is no longer behind.
 *
 * <p>Costs half an RRU per channel and 1 RRU per shard, and for a shard that is behind the strongly consistent reads of
 * the log. Safe for use by several threads.
 */
public final class Healer {

    /** A publication that is younger may be on its way. */
    static final Duration GRACE = Duration.ofMinutes(1);

    private final ChannelLog log;
    private final Shards shards;
    private final Mailboxes mailboxes;
    private final Function<String, Optional<ChannelOptions>> options;
    private final InstantSource clock;

    /**
     * Starts with its ports.
     *
     * @param options finds the options of a channel by its name; empty if its namespace is gone from the config
     */
    public Healer(
            ChannelLog log,
            Shards shards,
            Mailboxes mailboxes,
            Function<String, Optional<ChannelOptions>> options,
            InstantSource clock) {
        this.log = log;
        this.shards = shards;
        this.mailboxes = mailboxes;
        this.options = options;
        this.clock = clock;
    }

    /** Heals one channel; does nothing where there is no history, or nothing to heal. */
    public void heal(String channel) {
        if (options.apply(channel).filter(ChannelOptions::hasHistory).isEmpty()) {
            return;
        }
        List<Integer> behind = behind(channel, log.stateLately(channel));
        if (!behind.isEmpty()) {
            LogState state = log.state(channel);
            List<Letter> letters = new ArrayList<>();
            behind.forEach(shard -> missing(channel, shard, state).ifPresent(letters::add));
            if (!letters.isEmpty()) {
                mailboxes.send(letters);
            }
        }
    }

    private List<Integer> behind(String channel, LogState state) {
        List<Integer> behind = new ArrayList<>();
        for (int shard = 0; shard < state.shards(); shard++) {
            if (start(shards.load(channel, shard), state) <= state.offset()) {
                behind.add(shard);
            }
        }
        return behind;
    }

    /** Words the last publication that the shard should have been sent. */
    private Optional<Letter> missing(String channel, int shard, LogState state) {
        long from = Math.max(start(shards.load(channel, shard), state), state.offset() - Holes.LIMIT + 1);
        long latest = clock.millis() - GRACE.toMillis();
        return log.read(channel, state.epoch(), from, state.offset()).reversed().stream()
                .filter(LogRecord.Entry.class::isInstance)
                .map(standing -> ((LogRecord.Entry) standing).publication())
                .filter(publication -> publication.time() <= latest)
                .findFirst()
                .map(publication -> letter(channel, shard, state.epoch(), publication));
    }

    private static long start(ShardState shard, LogState log) {
        if (!shard.open()) {
            // It is just being opened or closed.
            return Long.MAX_VALUE;
        }
        return shard.delivered().epoch().equals(log.epoch()) ? shard.delivered().offset() + 1 : 1;
    }

    private static Letter letter(String channel, int shard, String epoch, Publication publication) {
        return new Letter(
                new Mail.Published(channel, shard, epoch, Publisher.offsetOnly(publication)),
                Publisher.dedup(epoch, publication));
    }
}
