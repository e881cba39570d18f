package io.carillon.delivery;

import io.carillon.channel.ChannelLog;
import io.carillon.channel.Holes;
import io.carillon.channel.LogRecord;
import io.carillon.config.ChannelOptions;
import io.carillon.events.CloudEvent;
import io.carillon.events.Mail;
import io.carillon.events.Position;
import io.carillon.parallel.Parallel;
import io.carillon.topic.Announcements;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what a channel's mailbox of events received. A publication is told of once the log is seen to hold it. One
 * whose publisher has not written it yet is waited for a moment; then its offset is closed, so that what was not told of
 * is never written. The mail comes again until the topic has taken all of a batch.
 *
 * <p>Costs 1 RRU per 4 KB of what is told. Safe for use by several threads.
 */
final class EventMail {

    private static final Logger LOG = LoggerFactory.getLogger(EventMail.class);

    private final ChannelLog log;
    private final Holes holes;
    private final Announcements announcements;
    private final Function<String, Optional<ChannelOptions>> options;
    private final InstantSource clock;

    EventMail(
            ChannelLog log,
            Holes holes,
            Announcements announcements,
            Function<String, Optional<ChannelOptions>> options,
            InstantSource clock) {
        this.log = log;
        this.holes = holes;
        this.announcements = announcements;
        this.options = options;
        this.clock = clock;
    }

    /**
     * Tells what a batch asks to.
     *
     * @throws RuntimeException if the topic does not take it; the batch must then be carried out again
     */
    void carryOut(String channel, List<Mail> batch) {
        List<CloudEvent> events = new ArrayList<>();
        SortedMap<Position, Mail.Announce> asked = new TreeMap<>(EventMail::inOrder);
        for (Mail mail : batch) {
            switch (mail) {
                case Mail.Event event -> events.add(event.event());
                case Mail.Announce announce -> asked.put(place(announce), announce);
                default -> throw new IllegalArgumentException("Not for a mailbox of events: " + mail);
            }
        }
        Parallel.map(runs(List.copyOf(asked.values())), run -> publications(channel, run))
                .forEach(events::addAll);
        announcements.tell(events);
    }

    private static Position place(Mail.Announce announce) {
        return new Position(announce.offset(), announce.epoch());
    }

    private static int inOrder(Position one, Position other) {
        int epochs = one.epoch().compareTo(other.epoch());
        return epochs != 0 ? epochs : Long.compare(one.offset(), other.offset());
    }

    /** Splits where offsets are left out: others may be about to write to those, and their own mail will tell of them. */
    private static List<List<Mail.Announce>> runs(List<Mail.Announce> asked) {
        List<List<Mail.Announce>> runs = new ArrayList<>();
        int start = 0;
        for (int i = 1; i <= asked.size(); i++) {
            if (i == asked.size() || !place(asked.get(i)).equals(next(asked.get(i - 1)))) {
                runs.add(asked.subList(start, i));
                start = i;
            }
        }
        return runs;
    }

    private static Position next(Mail.Announce announce) {
        return new Position(announce.offset() + 1, announce.epoch());
    }

    private List<CloudEvent> publications(String channel, List<Mail.Announce> run) {
        String epoch = run.getFirst().epoch();
        List<LogRecord> standing = standing(channel, run);
        if (standing.size() < run.size()) {
            LOG.atError()
                    .addKeyValue("channel", channel)
                    .addKeyValue("epoch", epoch)
                    .addKeyValue("offset", run.getFirst().offset())
                    .log("Publications expired before anybody could be told of them");
        }
        List<CloudEvent> events = new ArrayList<>();
        for (LogRecord one : standing) {
            if (one instanceof LogRecord.Entry(var publication)) {
                announcements
                        .publication(channel, new Position(publication.offset(), epoch), publication)
                        .ifPresent(events::add);
            }
        }
        return events;
    }

    /** What is older than history may have expired: closing its offset would pass a loss off as nothing. */
    private List<LogRecord> standing(String channel, List<Mail.Announce> run) {
        String epoch = run.getFirst().epoch();
        long from = run.getFirst().offset();
        long to = run.getLast().offset();
        long oldest = clock.millis()
                - options.apply(channel)
                        .map(ChannelOptions::historyTtl)
                        .orElse(Duration.ZERO)
                        .toMillis();
        boolean isYoung = run.stream().allMatch(announce -> announce.time() > oldest);
        return (isYoung ? holes.fill(channel, epoch, from, to) : Optional.<List<LogRecord>>empty())
                .orElseGet(() -> log.read(channel, epoch, from, to));
    }
}
