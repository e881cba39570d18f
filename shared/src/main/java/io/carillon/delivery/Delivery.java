package io.carillon.delivery;

import io.carillon.channel.LogRecord;
import io.carillon.channel.LogState;
import io.carillon.config.ChannelOptions;
import io.carillon.connection.Closer;
import io.carillon.connection.Entry;
import io.carillon.delivery.Deliverer.Context;
import io.carillon.delivery.Mailboxes.Letter;
import io.carillon.events.CloudEvent;
import io.carillon.events.FrameWriter;
import io.carillon.events.Mail;
import io.carillon.events.Position;
import io.carillon.events.Publication;
import io.carillon.events.Push;
import io.carillon.topic.Announcements;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One batch of one mailbox, being carried out: keeps the order of the log, and leaves the people to others. */
final class Delivery {

    private final Context context;
    private final String channel;
    private final int shard;
    private final ChannelOptions options;
    private final boolean isRepeated;
    private final Lines lines;
    private final Roster roster;
    private final Admission admission;
    private final List<Letter> letters = new ArrayList<>();
    private final List<Letter> passedOn = new ArrayList<>();
    private final List<CloudEvent> events = new ArrayList<>();

    private ShardState saved;
    private Position delivered;
    private boolean open;
    private boolean unheard;
    private boolean closed;
    private Optional<LogState> log = Optional.empty();

    Delivery(Context context, String channel, int shard, ChannelOptions options, boolean isRepeated) {
        this.context = context;
        this.channel = channel;
        this.shard = shard;
        this.options = options;
        this.isRepeated = isRepeated;
        this.saved = context.shards().load(channel, shard);
        this.delivered = saved.delivered();
        this.open = saved.open();
        this.lines = new Lines(channel);
        // Taken out in any case: it goes back only when this delivery has been finished.
        Optional<List<Subscriber>> remembered = context.rosters().take(channel, shard, saved.version());
        this.roster = new Roster(
                context, this::announce, lines, channel, shard, delivered, remembered.filter(rows -> !isRepeated));
        this.admission = new Admission(context, this, roster, options);
    }

    /** Carries out a batch, in order; nothing is posted yet. */
    void carryOut(List<Mail> batch) {
        admission.expect(batch);
        batch.forEach(this::carryOut);
    }

    private void carryOut(Mail mail) {
        switch (mail) {
            case Mail.Published published -> published(published);
            case Mail.Subscribe subscribe -> admission.subscribe(subscribe);
            case Mail.Unsubscribe unsubscribe -> unsubscribe(unsubscribe);
            case Mail.Joined joined -> share(new Push.Join(joined.info()));
            case Mail.Left left -> share(new Push.Leave(left.info()));
            case Mail.Settle settle -> settle();
            case Mail.Announce announce -> throw misdirected(announce);
            case Mail.Event event -> throw misdirected(event);
        }
    }

    private static IllegalArgumentException misdirected(Mail mail) {
        return new IllegalArgumentException("Not for a shard's mailbox: " + mail);
    }

    private void published(Mail.Published mail) {
        if (!open) {
            unheard = true;
        } else if (mail.epoch().isEmpty()) {
            lines.add(new Push.Pub(mail.publication()));
        } else if (mail.epoch().equals(delivered.epoch())) {
            inOrder(mail.publication());
        } else if (mail.epoch().equals(readLog().epoch())) {
            startAfresh(new Position(mail.publication().offset(), mail.epoch()));
        }
        // Otherwise it is a straggler of an epoch that is over, and there is nobody left who could make sense of it.
    }

    private void inOrder(Publication publication) {
        if (publication.offset() <= delivered.offset()) {
            return;
        }
        if (publication.data().isPresent()) {
            catchUp(publication.offset() - 1);
            append(new LogRecord.Entry(publication));
        } else {
            long to = publication.offset();
            follow(to, context.holes().fillWritten(channel, delivered.epoch(), delivered.offset() + 1, to));
        }
    }

    /** Delivers from the log, up to an offset that is known to have been given out. */
    void catchUp(long to) {
        if (to > delivered.offset()) {
            follow(to, context.holes().fill(channel, delivered.epoch(), delivered.offset() + 1, to));
        }
    }

    private void follow(long to, Optional<List<LogRecord>> standing) {
        standing.ifPresentOrElse(records -> records.forEach(this::append), () -> startAfresh(delivered.at(to)));
    }

    private void append(LogRecord standing) {
        if (standing instanceof LogRecord.Entry(Publication publication)) {
            lines.add(new Push.Pub(publication));
        }
        delivered = delivered.at(standing.offset());
    }

    /**
     * Goes on from a later position; all who were subscribed come back and recover, or learn that they cannot. The
     * position is what the mail says and not the log's top, so that it is the same when the batch is repeated: who has
     * been answered counts on it.
     */
    private void startAfresh(Position from) {
        delivered = from;
        roster.sendAllAway();
    }

    private void unsubscribe(Mail.Unsubscribe mail) {
        Optional<Member> member = roster.find(mail.connection());
        if (member.isEmpty()) {
            // It may never have been let in, because this overtook its subscribe command; then it still waits for word.
            roster.tell(mail.connection(), farewell(mail));
        } else if (mail.revision() == Closer.CLOSED) {
            roster.forget(member.get());
        } else if (member.get().row().orElseThrow().revision() <= mail.revision()) {
            roster.dismiss(member.get(), farewell(mail));
        }
    }

    /** Tells the client, unless it has subscribed again since: then this would end its new subscription. */
    private List<String> farewell(Mail.Unsubscribe mail) {
        boolean isTold = mail.code() > 0
                && context.entries()
                        .find(mail.connection(), channel)
                        .filter(entry -> entry.state() == Entry.State.LEFT)
                        .isPresent();
        if (isTold) {
            context.metrics().code(mail.code());
        }
        Push push = new Push.Unsubscribed(mail.code(), mail.reason());
        return isTold ? List.of(FrameWriter.push(channel, push)) : List.of();
    }

    private void settle() {
        unheard = true;
        roster.load();
    }

    private void share(Push push) {
        if (open) {
            lines.add(push);
        }
    }

    private void announce(Push push, Subscriber row) {
        share(push);
        boolean joins = push instanceof Push.Join;
        Announcements all = context.announcements();
        (joins
                        ? all.join(channel, row.info(), row.connection(), row.revision())
                        : all.leave(channel, row.info(), row.connection(), row.revision()))
                .ifPresent(events::add);
        String dedup = row.connection() + ":" + row.revision() + (joins ? ":join" : ":leave");
        for (int other = 0; other < readLog().shards(); other++) {
            if (other != shard) {
                send(new Letter(
                        push instanceof Push.Join(var info)
                                ? new Mail.Joined(channel, other, info)
                                : new Mail.Left(channel, other, ((Push.Leave) push).info()),
                        dedup));
            }
        }
    }

    boolean isOpen() {
        return open;
    }

    /**
     * Makes publications come to this mailbox, from the one after the returned position on. Noted at once: should this
     * delivery fail, its repetition must answer from the same position.
     */
    void open() {
        LogState now = context.log().openShard(channel, shard, options.historyMetaTtl());
        log = Optional.of(now);
        delivered = now.top();
        open = true;
        save();
    }

    Position delivered() {
        return delivered;
    }

    /** Words what was delivered after a position; empty if that leads nowhere, or is not to be had any more. */
    Optional<List<String>> since(Position position) {
        if (!position.epoch().equals(delivered.epoch())
                && !context.log().continues(delivered.epoch())
                && position.epoch().equals(readLog().epoch())) {
            startAfresh(position);
        }
        if (!position.epoch().equals(delivered.epoch()) || position.offset() > delivered.offset()) {
            return Optional.empty();
        }
        if (position.offset() == delivered.offset()) {
            return Optional.of(List.of());
        }
        if (position.offset() < readLog().floor()) {
            // Removed on request; closing those offsets now would make it look as if nothing had been there.
            return Optional.empty();
        }
        return context.holes()
                .fill(channel, position.epoch(), position.offset() + 1, delivered.offset())
                .map(this::pushes);
    }

    private List<String> pushes(List<LogRecord> records) {
        List<String> pushes = new ArrayList<>();
        for (LogRecord one : records) {
            if (one instanceof LogRecord.Entry(Publication publication)) {
                pushes.add(FrameWriter.push(channel, new Push.Pub(publication)));
            }
        }
        return pushes;
    }

    int shard() {
        return shard;
    }

    /** Whether some of this may have been carried out before. */
    boolean isRepeated() {
        return isRepeated;
    }

    /** Reads the log's state once per batch. */
    LogState readLog() {
        return log.orElseGet(() -> {
            LogState now = context.log().state(channel);
            log = Optional.of(now);
            return now;
        });
    }

    private void send(Letter letter) {
        letters.add(letter);
    }

    /** Sends a subscriber's command to another mailbox, once it has been sent all that comes from this one. */
    void passOn(Letter letter) {
        passedOn.add(letter);
    }

    /** Sends everything that the batch asks for: to other mailboxes, then to the connections. */
    void dispatch(Dispatch dispatch) {
        if (lines.size() > 0) {
            roster.load();
        }
        closeIfEmpty();
        context.mailboxes().send(letters);
        context.announcements().send(events);
        if (roster.isLoaded()) {
            roster.writeArrivals();
            dispatch.send(channel, shard, options, roster, new Frames(lines));
            roster.writeDepartures();
        }
        context.mailboxes().send(passedOn);
    }

    /** The newest shard closes when it is empty, then the one below it, so that an unheard channel costs nothing. */
    private void closeIfEmpty() {
        boolean isEmpty = open ? roster.isLoaded() && roster.size() == 0 : unheard;
        if (!isEmpty) {
            return;
        }
        boolean closes = context.log().closeShard(channel, shard);
        noteVacated(closes);
        if (!closes) {
            return;
        }
        open = false;
        closed = true;
        if (shard > 0) {
            send(new Letter(new Mail.Settle(channel, shard - 1, shard), "settle:" + shard + ":" + saved.version()));
        }
    }

    private void noteVacated(boolean closes) {
        if (shard > 0) {
            return;
        }
        context.announcements()
                .vacated(channel, delivered.epoch(), saved.version())
                // A delivery that failed may have closed it already, and not have told anybody.
                .filter(event ->
                        closes || isRepeated && context.log().state(channel).shards() == 0)
                .ifPresent(events::add);
    }

    /** Notes that the channel has its first subscriber, unless it had others that have only just left. */
    void noteOccupied(Subscriber first) {
        if (shard == 0 && (!open || isRepeated)) {
            context.announcements()
                    .occupied(channel, first.connection(), first.revision())
                    .ifPresent(events::add);
        }
    }

    /**
     * Notes how far the mailbox has been delivered. The version moves on whenever a row may have changed, because others
     * remember the rows that belong to a version; a repeated batch may have changed some when it failed.
     *
     * @throws IllegalStateException if another deliverer did meanwhile
     */
    void save() {
        int size = roster.isLoaded() ? roster.size() : saved.size();
        ShardState unchanged = new ShardState(delivered, size, open, saved.version());
        if (unchanged.equals(saved) && !closed && !roster.hasChanged() && !isRepeated) {
            return;
        }
        ShardState next = new ShardState(delivered, size, open, saved.version() + 1);
        if (!context.shards().save(channel, shard, next)) {
            throw new IllegalStateException("Another deliverer was at work in the same mailbox");
        }
        saved = next;
    }

    /** Remembers the rows for the next batch, once all is finished. */
    void remember() {
        roster.rows().ifPresent(rows -> context.rosters().put(channel, shard, saved.version(), rows));
    }
}
