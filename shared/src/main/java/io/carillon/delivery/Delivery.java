package io.carillon.delivery;

import io.carillon.channel.ChannelLog;
import io.carillon.channel.LogRecord;
import io.carillon.channel.LogState;
import io.carillon.config.ChannelOptions;
import io.carillon.connection.Closer;
import io.carillon.delivery.Deliverer.Context;
import io.carillon.delivery.Mailboxes.Letter;
import io.carillon.events.FrameWriter;
import io.carillon.events.Mail;
import io.carillon.events.Position;
import io.carillon.events.Publication;
import io.carillon.events.Push;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One batch of one mailbox, being carried out: keeps the order of the log, and leaves the people to others. */
final class Delivery {

    private final Context context;
    private final String channel;
    private final int shard;
    private final ChannelOptions options;
    private final ShardState loaded;
    private final Lines lines;
    private final Roster roster;
    private final Admission admission;
    private final List<Letter> letters = new ArrayList<>();

    private Position delivered;
    private boolean open;
    private Optional<LogState> log = Optional.empty();

    Delivery(Context context, String channel, int shard, ChannelOptions options) {
        this.context = context;
        this.channel = channel;
        this.shard = shard;
        this.options = options;
        this.loaded = context.shards().load(channel, shard);
        this.delivered = loaded.delivered();
        this.open = loaded.open();
        this.lines = new Lines(channel);
        this.roster = new Roster(
                context.subscribers(), new Away(context.connections()), this::announce, lines, channel, shard);
        this.admission = new Admission(context, this, roster, options);
    }

    void carryOut(Mail mail) {
        switch (mail) {
            case Mail.Published published -> published(published);
            case Mail.Subscribe subscribe -> admission.subscribe(subscribe);
            case Mail.Unsubscribe unsubscribe -> unsubscribe(unsubscribe);
            case Mail.Joined joined -> share(new Push.Join(joined.info()));
            case Mail.Left left -> share(new Push.Leave(left.info()));
            case Mail.Settle settle -> roster.size();
        }
    }

    private void published(Mail.Published mail) {
        if (!open) {
            return;
        }
        if (mail.epoch().isEmpty()) {
            lines.add(new Push.Pub(mail.publication()));
        } else if (mail.epoch().equals(delivered.epoch())) {
            inOrder(mail.publication());
        } else if (mail.epoch().equals(readLog().epoch())) {
            startAfresh();
        }
        // Otherwise it is a straggler of an epoch that is over, and there is nobody left who could make sense of it.
    }

    private void inOrder(Publication publication) {
        if (publication.offset() <= delivered.offset()) {
            return;
        }
        boolean complete = publication.data().isPresent();
        catchUp(complete ? publication.offset() - 1 : publication.offset());
        if (complete && publication.offset() == delivered.offset() + 1) {
            append(new LogRecord.Entry(publication));
        }
    }

    /** Delivers from the log, up to an offset that is known to have been given out. */
    void catchUp(long to) {
        if (to <= delivered.offset()) {
            return;
        }
        Optional<List<LogRecord>> standing =
                context.holes().fill(channel, delivered.epoch(), delivered.offset() + 1, to);
        standing.ifPresentOrElse(records -> records.forEach(this::append), this::startAfresh);
    }

    private void append(LogRecord standing) {
        if (standing instanceof LogRecord.Entry(Publication publication)) {
            lines.add(new Push.Pub(publication));
        }
        delivered = delivered.at(standing.offset());
    }

    /** Goes on from the log's top; all who were subscribed come back and recover, or learn that they cannot. */
    private void startAfresh() {
        delivered = readLog().top();
        roster.sendAllAway();
    }

    private void unsubscribe(Mail.Unsubscribe mail) {
        Optional<Member> member = roster.find(mail.connection());
        if (member.isEmpty() || member.get().subscriber().revision() > mail.revision()) {
            return;
        }
        if (mail.revision() == Closer.CLOSED) {
            roster.forget(member.get());
        } else if (mail.code() == 0) {
            roster.dismiss(member.get(), List.of());
        } else {
            Push push = new Push.Unsubscribed(mail.code(), mail.reason());
            roster.dismiss(member.get(), List.of(FrameWriter.push(channel, push)));
        }
    }

    private void share(Push push) {
        if (open) {
            lines.add(push);
        }
    }

    private void announce(Push push, String dedup) {
        share(push);
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

    /** Makes publications come to this mailbox, from the one after the returned position on. */
    void open() {
        LogState now = context.log().openShard(channel, shard, options.historyMetaTtl());
        log = Optional.of(now);
        delivered = now.top();
        open = true;
    }

    Position delivered() {
        return delivered;
    }

    int shard() {
        return shard;
    }

    /** Reads the log's state once per batch. */
    LogState readLog() {
        return log.orElseGet(() -> {
            LogState now = context.log().state(channel);
            log = Optional.of(now);
            return now;
        });
    }

    void send(Letter letter) {
        letters.add(letter);
    }

    /** Sends everything that the batch asks for: first to other mailboxes, then to the connections. */
    void dispatch(Dispatch dispatch) {
        closeIfEmpty();
        context.mailboxes().send(letters);
        if (roster.isLoaded() || lines.size() > 0) {
            dispatch.send(channel, shard, options, roster.recipients(), new Frames(lines));
        }
    }

    /** The newest shard closes when it is empty, then the one below it, so that an unheard channel costs nothing. */
    private void closeIfEmpty() {
        ChannelLog shards = context.log();
        if (open && roster.isLoaded() && roster.size() == 0 && shards.closeShard(channel, shard)) {
            open = false;
            if (shard > 0) {
                send(new Letter(
                        new Mail.Settle(channel, shard - 1, shard), "settle:" + shard + ":" + loaded.version()));
            }
        }
    }

    /**
     * Notes how far the mailbox has been delivered.
     *
     * @throws IllegalStateException if another deliverer did meanwhile
     */
    void save() {
        int size = roster.isLoaded() ? roster.size() : loaded.size();
        ShardState after = new ShardState(delivered, size, open, loaded.version());
        if (!after.equals(loaded)
                && !context.shards()
                        .save(channel, shard, new ShardState(delivered, size, open, loaded.version() + 1))) {
            throw new IllegalStateException("Another deliverer was at work in the same mailbox");
        }
    }
}
