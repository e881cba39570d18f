package io.carillon.channel;

import io.carillon.config.ChannelOptions;
import io.carillon.delivery.Mailboxes;
import io.carillon.delivery.Mailboxes.Letter;
import io.carillon.events.ClientInfo;
import io.carillon.events.FrameWriter;
import io.carillon.events.Framing;
import io.carillon.events.Mail;
import io.carillon.events.Position;
import io.carillon.events.ProtocolError;
import io.carillon.events.Publication;
import io.carillon.events.Push;
import io.carillon.events.RawJson;
import io.carillon.metrics.Measure;
import io.carillon.metrics.Metrics;
import io.carillon.topic.Announcements;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes to channels: first the log, then one message to each shard's mailbox. When it returns, the history holds
 * the publication. Without subscribers there are no shards, and nothing is sent. In a channel without history a few
 * subscribers are reached at once, by a {@link ShortCut}.
 *
 * <p>Safe for use by several threads.
 */
public final class Publisher {

    private static final Logger LOG = LoggerFactory.getLogger(Publisher.class);

    /** Beyond this many bytes in all, the mailboxes get only the offset, and each deliverer reads the log. */
    private static final long COPIED_LIMIT = 256 * 1024;

    /** How much longer a row is kept than it is history: mailboxes that are late still deliver what it holds. */
    static final Duration KEPT_BEYOND_HISTORY = Duration.ofHours(1);

    /** How often a publisher that was overtaken by a tombstone takes a new offset before it gives up. */
    private static final int ATTEMPTS = 10;

    private final ChannelLog log;
    private final Mailboxes mailboxes;
    private final ShortCut shortCut;
    private final InstantSource clock;
    private final int sizeLimit;
    private final Metrics metrics;
    private final Announcements announcements;

    /** Publishes through the mailboxes alone. */
    public Publisher(ChannelLog log, Mailboxes mailboxes, InstantSource clock) {
        this(log, mailboxes, ShortCut.NONE, clock);
    }

    /** Publishes by a shorter way where there is one. */
    public Publisher(ChannelLog log, Mailboxes mailboxes, ShortCut shortCut, InstantSource clock) {
        this(log, mailboxes, shortCut, clock, Framing.MAX_MESSAGE);
    }

    /**
     * Publishes by a shorter way where there is one, and refuses more than API Gateway does.
     *
     * @param sizeLimit the largest publication in bytes, as one line of JSON
     */
    public Publisher(ChannelLog log, Mailboxes mailboxes, ShortCut shortCut, InstantSource clock, int sizeLimit) {
        this(log, mailboxes, shortCut, clock, sizeLimit, Metrics.NONE);
    }

    /** The same, and counts what is published. */
    public Publisher(
            ChannelLog log,
            Mailboxes mailboxes,
            ShortCut shortCut,
            InstantSource clock,
            int sizeLimit,
            Metrics metrics) {
        this(log, mailboxes, shortCut, clock, sizeLimit, metrics, Announcements.none());
    }

    /** The same, and tells other systems, where the namespace asks for that. */
    public Publisher(
            ChannelLog log,
            Mailboxes mailboxes,
            ShortCut shortCut,
            InstantSource clock,
            int sizeLimit,
            Metrics metrics,
            Announcements announcements) {
        this.log = log;
        this.announcements = announcements;
        this.metrics = metrics;
        this.mailboxes = mailboxes;
        this.shortCut = shortCut;
        this.clock = clock;
        this.sizeLimit = sizeLimit;
    }

    /**
     * Publishes once.
     *
     * @throws Refused 107 without data, or with a tag that has no name; 106 if the publication is larger than allowed
     */
    public Published publish(String channel, ChannelOptions options, Draft draft) {
        Published published = place(channel, options, draft);
        metrics.count(Measure.PUBLICATIONS);
        LOG.atDebug()
                .addKeyValue("channel", channel)
                .addKeyValue("epoch", published.position().epoch())
                .addKeyValue("offset", published.position().offset())
                .log("Published");
        return published;
    }

    private Published place(String channel, ChannelOptions options, Draft draft) {
        Publication publication = new Publication(0, draft.data(), draft.info(), draft.tags(), clock.millis());
        requireDeliverable(channel, publication);
        boolean kept = options.hasHistory() && !draft.skipHistory();
        if (draft.idempotencyKey().isEmpty()) {
            return kept ? append(channel, options, publication) : passOn(channel, options, publication);
        }
        return kept
                ? appendOnce(channel, options, publication, draft.idempotencyKey())
                : passOnOnce(channel, options, publication, draft.idempotencyKey());
    }

    private void requireDeliverable(String channel, Publication publication) {
        // DynamoDB takes no map key without a name, and by then an offset would have been given out in vain.
        if (publication.data().isEmpty() || publication.tags().containsKey("")) {
            throw new Refused(ProtocolError.BAD_REQUEST);
        }
        String line = FrameWriter.push(channel, new Push.Pub(publication.at(Long.MAX_VALUE)));
        if (Framing.utf8Length(line) > sizeLimit) {
            throw new Refused(ProtocolError.LIMIT_EXCEEDED);
        }
    }

    private Published append(String channel, ChannelOptions options, Publication publication) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            LogState place = log.reserve(channel, options.historyMetaTtl());
            Publication placed = publication.at(place.offset());
            announce(channel, place.top(), placed);
            if (log.put(channel, place.epoch(), placed, kept(options))) {
                send(channel, place.shards(), place.epoch(), placed);
                return Published.as(place.top(), placed);
            }
        }
        throw new Refused(ProtocolError.INTERNAL);
    }

    private Published appendOnce(String channel, ChannelOptions options, Publication publication, String key) {
        Optional<Position> earlier = log.earlier(channel, key);
        for (int attempt = 0; attempt < ATTEMPTS && earlier.isEmpty(); attempt++) {
            LogState place = log.reserve(channel, options.historyMetaTtl());
            Publication placed = publication.at(place.offset());
            announce(channel, place.top(), placed);
            switch (log.putOnce(channel, place.epoch(), placed, kept(options), key)) {
                case WRITTEN -> {
                    send(channel, place.shards(), place.epoch(), placed);
                    return Published.as(place.top(), placed);
                }
                case REPEATED -> {
                    // Nobody will write to the offset taken for nothing: closing it spares the deliverers a wait.
                    log.tombstone(channel, place.epoch(), place.offset());
                    earlier = log.earlier(channel, key);
                }
                case CLOSED -> {
                    // Take the next offset.
                }
                default -> throw new IllegalStateException();
            }
        }
        Position first = earlier.orElseThrow(() -> new Refused(ProtocolError.INTERNAL));
        return sendAgain(channel, first);
    }

    private static Duration kept(ChannelOptions options) {
        return options.historyTtl().plus(KEPT_BEYOND_HISTORY);
    }

    /** Heals a first call that died between the log and the mailboxes; otherwise the dedup id makes this vanish. */
    private Published sendAgain(String channel, Position position) {
        int shards = log.state(channel).shards();
        for (LogRecord standing : log.read(channel, position.epoch(), position.offset(), position.offset())) {
            if (standing instanceof LogRecord.Entry(Publication publication)) {
                send(channel, shards, position.epoch(), publication);
                return Published.as(position, publication);
            }
        }
        return new Published(position, Optional.empty());
    }

    private Published passOn(String channel, ChannelOptions options, Publication publication) {
        // Beside publications that have an order, one without keeps the place it had when it was published.
        if (options.hasHistory() || !shortCut.deliver(channel, publication)) {
            send(channel, log.state(channel).shards(), "", publication);
        }
        announcements
                .publication(channel, Position.NONE, publication)
                .ifPresent(event -> announcements.send(List.of(event)));
        return Published.as(Position.NONE, publication);
    }

    private Published passOnOnce(String channel, ChannelOptions options, Publication publication, String key) {
        return log.claim(channel, key)
                ? passOn(channel, options, publication)
                : new Published(log.earlier(channel, key).orElse(Position.NONE), Optional.empty());
    }

    /**
     * Has other systems told of a publication, where they are. Before it is written: whoever dies in between leaves
     * behind a mail that finds nothing, and never a publication that nobody is told of.
     */
    private void announce(String channel, Position position, Publication publication) {
        if (announcements.tellsOfPublications(channel)) {
            Mail mail = new Mail.Announce(channel, position.epoch(), position.offset(), publication.time());
            mailboxes.send(List.of(new Letter(mail, dedup(position.epoch(), publication))));
        }
    }

    private void send(String channel, int shards, String epoch, Publication publication) {
        if (shards == 0) {
            return;
        }
        boolean ordered = !epoch.isEmpty();
        Publication sent = ordered && isLarge(publication, shards) ? offsetOnly(publication) : publication;
        String dedup = ordered ? dedup(epoch, publication) : UUID.randomUUID().toString();
        List<Letter> letters = new ArrayList<>(shards);
        for (int shard = 0; shard < shards; shard++) {
            letters.add(new Letter(new Mail.Published(channel, shard, epoch, sent), dedup));
        }
        mailboxes.send(letters);
    }

    /** Makes repeats of the same publication vanish in a mailbox. */
    static String dedup(String epoch, Publication publication) {
        return epoch + ":" + publication.offset();
    }

    private static boolean isLarge(Publication publication, int shards) {
        // Few copies cannot be too much, whatever their size.
        return (long) Framing.MAX_MESSAGE * shards > COPIED_LIMIT
                && (long) Framing.utf8Length(FrameWriter.publication(publication)) * shards > COPIED_LIMIT;
    }

    /** What stands for a publication that is to be read from the log. */
    static Publication offsetOnly(Publication publication) {
        return new Publication(publication.offset(), RawJson.NONE, ClientInfo.NONE, Map.of(), publication.time());
    }
}
