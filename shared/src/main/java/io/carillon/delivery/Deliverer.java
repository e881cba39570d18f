package io.carillon.delivery;

import io.carillon.channel.ChannelLog;
import io.carillon.channel.History;
import io.carillon.channel.Holes;
import io.carillon.channel.Recovery;
import io.carillon.config.ChannelOptions;
import io.carillon.connection.Closer;
import io.carillon.connection.Connections;
import io.carillon.delivery.Mailboxes.Receipt;
import io.carillon.events.Mail;
import io.carillon.metrics.Metrics;
import io.carillon.topic.Announcements;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Carries out what a mailbox received, in order: adds and removes subscribers, answers their subscribe commands, and
 * sends them what was published, each connection one frame per batch.
 *
 * <p>There is never more than one deliverer per mailbox at a time, so it takes no locks; should two overlap all the
 * same, the one that saves last fails and its batch is tried again. Mailboxes may be delivered side by side: safe for
 * use by several threads.
 */
public final class Deliverer {

    /** What a delivery works with. */
    record Context(
            ChannelLog log,
            Holes holes,
            Recovery recovery,
            Shards shards,
            Subscribers subscribers,
            Entries entries,
            Away away,
            Mailboxes mailboxes,
            SideBySide sideBySide,
            InstantSource clock,
            RosterCache rosters,
            int shardSize,
            Metrics metrics,
            Announcements announcements) {}

    private final Context context;
    private final Dispatch dispatch;
    private final EventMail eventMail;
    private final Function<String, Optional<ChannelOptions>> options;

    /** Starts with the ports and settings of {@code parts}. */
    public Deliverer(Parts parts) {
        this(parts, SideBySide.THREADS);
    }

    Deliverer(Parts parts, SideBySide sideBySide) {
        Holes holes = new Holes(parts.log, parts.holeWaits, parts.metrics);
        Entries entries = new Entries(parts.connections);
        context = new Context(
                parts.log,
                holes,
                new Recovery(parts.log, new History(parts.log, parts.clock), holes, parts.recoveryLimit, parts.metrics),
                parts.shards,
                parts.subscribers,
                entries,
                new Away(entries),
                parts.mailboxes,
                sideBySide,
                parts.clock,
                new RosterCache(RosterCache.CAPACITY, parts.clock),
                parts.shardSize,
                parts.metrics,
                parts.announcements);
        Closer closer = new Closer(parts.connections, parts.mailboxes, parts.metrics, parts.announcements);
        Postage postage = new Postage(parts.clock, parts.metrics);
        dispatch = new Dispatch(parts.poster, closer, parts.mailboxes, context.away, sideBySide, postage);
        options = parts.options;
        eventMail = new EventMail(parts.log, holes, parts.announcements, options, parts.clock);
    }

    /**
     * What a deliverer is made of.
     *
     * @param options finds the options of a channel by its name; empty if its namespace is gone from the config
     * @param shardSize how many subscribers a shard holds at most
     * @param recoveryLimit the most publications one recovery returns
     * @param holeWaits the pauses between looks for a publication that was given an offset but is not in the log yet
     */
    public record Parts(
            ChannelLog log,
            Shards shards,
            Subscribers subscribers,
            Connections connections,
            Mailboxes mailboxes,
            Poster poster,
            InstantSource clock,
            Function<String, Optional<ChannelOptions>> options,
            int shardSize,
            int recoveryLimit,
            List<Duration> holeWaits,
            Metrics metrics,
            Announcements announcements) {

        /** A deliverer that counts nothing, and tells nobody. */
        Parts(
                ChannelLog log,
                Shards shards,
                Subscribers subscribers,
                Connections connections,
                Mailboxes mailboxes,
                Poster poster,
                InstantSource clock,
                Function<String, Optional<ChannelOptions>> options,
                int shardSize,
                int recoveryLimit,
                List<Duration> holeWaits) {
            this(
                    log,
                    shards,
                    subscribers,
                    connections,
                    mailboxes,
                    poster,
                    clock,
                    options,
                    shardSize,
                    recoveryLimit,
                    holeWaits,
                    Metrics.NONE,
                    Announcements.none());
        }

        /** Waits about a second for a late publisher: much longer than one write takes, even when retried. */
        public static final List<Duration> HOLE_WAITS =
                List.of(Duration.ofMillis(10), Duration.ofMillis(40), Duration.ofMillis(150), Duration.ofMillis(800));
    }

    /** What it counts with. */
    Metrics metrics() {
        return context.metrics();
    }

    /** Hands messages back that could not be carried out. */
    void handBack(List<Receipt> receipts) {
        context.mailboxes().handBack(receipts);
    }

    /**
     * Carries out a batch of one mailbox.
     *
     * @param isRepeated whether some of it may have been carried out before, by a delivery that failed or by another
     *     process; what this process remembers of the shard is then not relied on
     * @throws RuntimeException if it could not be finished; the batch must then be delivered again, whole
     */
    public void deliver(String channel, int shard, List<Mail> batch, boolean isRepeated) {
        if (shard == Mail.EVENTS) {
            eventMail.carryOut(channel, batch);
            return;
        }
        Optional<ChannelOptions> found = options.apply(channel);
        if (found.isEmpty()) {
            return;
        }
        Delivery delivery = new Delivery(context, channel, shard, found.get(), isRepeated);
        delivery.carryOut(batch);
        delivery.dispatch(dispatch);
        delivery.save();
        delivery.remember();
    }
}
