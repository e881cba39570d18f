package io.carillon.session;

import static java.util.stream.Collectors.toSet;

import io.carillon.channel.ChannelLog;
import io.carillon.config.ChannelOptions;
import io.carillon.connection.Backoff;
import io.carillon.connection.Connection;
import io.carillon.connection.Connections;
import io.carillon.connection.Entry;
import io.carillon.delivery.Mailboxes;
import io.carillon.delivery.Mailboxes.Letter;
import io.carillon.events.Mail;
import io.carillon.events.Position;
import io.carillon.events.RawJson;
import io.carillon.events.Request.Recover;
import io.carillon.events.SubscribeOptions;
import io.carillon.events.SubscribeOverride;
import io.carillon.events.Unsubscribe;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Starts and ends subscriptions: first in the connection's row, where commands that arrive in parallel and out of
 * order are settled, then through the shard's mailbox, which answers.
 *
 * <p>Safe for use by several threads.
 */
public final class Subscriptions {

    /** How often a change is tried again after losing to a parallel one. */
    static final int ATTEMPTS = 20;

    private final Connections connections;
    private final Entering entering;
    private final RowChanges changes;
    private final Mailboxes mailboxes;
    private final InstantSource clock;

    public Subscriptions(
            Connections connections, ChannelLog log, Mailboxes mailboxes, InstantSource clock, int channelLimit) {
        this.connections = connections;
        this.changes = new RowChanges(connections);
        this.mailboxes = new SecondTry(mailboxes);
        this.entering = new Entering(connections, changes, log, this.mailboxes, clock, channelLimit);
        this.clock = clock;
    }

    /**
     * What somebody wants to be subscribed to.
     *
     * @param command the id to reply to, which also orders the commands; 0 for the server
     * @param source who asks for it
     * @param chanInfo what others see of the subscriber, from the subscription token
     * @param data what the answer carries for the application
     * @param answered where the client has already been told to stand; {@link Position#NONE} if the mailbox answers
     */
    public record Wish(
            String channel,
            long command,
            Entry.Source source,
            RawJson chanInfo,
            RawJson data,
            SubscribeOptions options,
            Recover recover,
            Position answered) {

        /** A wish that the mailbox answers, of the client or of the server. */
        public Wish(
                String channel,
                long command,
                RawJson chanInfo,
                RawJson data,
                SubscribeOptions options,
                Recover recover) {
            this(
                    channel,
                    command,
                    command == 0 ? Entry.Source.SERVER : Entry.Source.CLIENT,
                    chanInfo,
                    data,
                    options,
                    recover,
                    Position.NONE);
        }

        /** The same for a client that has been told where it stands, and so needs nothing from before. */
        public Wish answered(Position told) {
            return new Wish(channel, command, source, chanInfo, data, options, Recover.NO, told);
        }

        /** The same on behalf of the connection token. */
        Wish ofToken() {
            return new Wish(channel, command, Entry.Source.TOKEN, chanInfo, data, options, recover, answered);
        }
    }

    /** What became of a wish. */
    public enum Outcome {
        /** The mailbox will carry it out and answer. */
        STARTED,
        /** Already subscribed, or about to be. */
        ALREADY,
        /** A later command has been applied before. */
        OVERTAKEN,
        /** The connection has as many subscriptions as it may have. */
        LIMIT,
        /** The connection has ended. */
        GONE,
        /** Something broke; the row is as it was before. */
        FAILED,
        /** Something broke, and the row may say that it is subscribed: only a new connection gets out of that. */
        STUCK
    }

    /** An entry for a row that is yet to be written, and the mail that starts the subscription once it is. */
    record Entered(String channel, Entry entry, Letter letter) {}

    /** What became of several wishes, by channel; and what broke, if something did. */
    record Outcomes(Map<String, Outcome> byChannel, Optional<RuntimeException> failure) {}

    /** Subscribes a connection whose row has just been read. */
    public Outcome subscribe(Connection known, Wish wish) {
        Outcomes outcomes = subscribe(known, List.of(wish));
        outcomes.failure().ifPresent(failure -> {
            throw failure;
        });
        return outcomes.byChannel().get(wish.channel());
    }

    /**
     * Subscribes a connection whose row has just been read to several channels in one go: with one change of the row,
     * which is read again only if it has changed meanwhile, and by sending all mail at once.
     *
     * @param wishes at most one for each channel, in the order in which they use up the connection's limit
     */
    Outcomes subscribe(Connection known, List<Wish> wishes) {
        return entering.carryOut(known, wishes);
    }

    /** Makes an entry for what the server grants a connection that connects; {@code shards} is how many there are. */
    Entered enterNew(Connection connecting, Wish wish, int shards) {
        return entering.enterNew(connecting, wish, shards);
    }

    /**
     * Starts what has been entered with the connection's row, and notes in the row that it has been done.
     *
     * @return false if something of it has ended meanwhile
     */
    boolean start(Connection connected, List<Entered> entered) {
        if (!entered.isEmpty()) {
            mailboxes.send(entered.stream().map(Entered::letter).toList());
        }
        Optional<Connection> row = connections.settle(connected.id(), connected.nextExpiry(), connected.expireAt());
        return row.isEmpty()
                || row.get()
                        .isSubscribedTo(entered.stream().map(Entered::channel).collect(toSet()));
    }

    /** Says why a wish cannot be granted as the connection stands; empty if it can. */
    Optional<Outcome> refusal(Connection connection, String channel, long command) {
        return entering.refusal(connection, channel, command);
    }

    /**
     * Unsubscribes a connection.
     *
     * @param command the client's command id; 0 for the server
     * @param push what to tell the client; empty when it asked itself
     */
    public void unsubscribe(String id, String channel, long command, Optional<Unsubscribe> push) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Connection> found = connections.find(id);
            Optional<Entry> before = found.flatMap(connection -> connection.subscription(channel));
            boolean overtaken =
                    before.isPresent() && command > 0 && before.get().command() >= command;
            boolean subscribed = before.isPresent() && before.get().state() != Entry.State.LEFT;
            if (found.isEmpty() || overtaken || (!subscribed && command == 0)) {
                return;
            }
            // An entry for a channel that was never subscribed to makes a late subscribe command recognisable.
            Entry after = before.map(entry -> entry.by(Math.max(entry.command(), command), Entry.State.LEFT))
                    .orElseGet(() ->
                            new Entry(clock.millis(), command, 0, Entry.State.LEFT, Entry.Source.CLIENT, false, 0));
            if (changes.swap(found.get(), channel, before, after)) {
                if (subscribed) {
                    end(found.get(), channel, before.get(), after, push);
                }
                return;
            }
            Backoff.pause(attempt);
        }
        throw new IllegalStateException("A connection's row never held still");
    }

    private void end(Connection connection, String channel, Entry before, Entry after, Optional<Unsubscribe> push) {
        try {
            mailboxes.send(List.of(farewell(connection.id(), channel, after, push)));
        } catch (RuntimeException e) {
            // The mailbox still has the subscriber, so the row must say so: the next try shall not find it gone, and
            // the end of the connection shall clear it. By the command that did count: one that subscribes again after
            // this one must not be told that it is subscribed already. At a revision of its own, because the farewell
            // may have been taken all the same, and whatever has its dedup id vanishes. Whatever the channel limit:
            // another
            // command may have taken the place meanwhile, but a subscriber that no row knows would never be cleared.
            changes.swap(connection, channel, Optional.of(after), after.by(before.command(), before.state()));
            throw e;
        }
    }

    private static Letter farewell(String id, String channel, Entry entry, Optional<Unsubscribe> push) {
        Mail mail = new Mail.Unsubscribe(
                channel,
                entry.shard(),
                id,
                entry.revision(),
                push.map(Unsubscribe::code).orElse(0),
                push.map(Unsubscribe::reason).orElse(""));
        return new Letter(mail, id + ":" + entry.revision());
    }

    /**
     * Notes a subscription's new expiry.
     *
     * @param expireAt in seconds since 1970; 0 for never
     * @return false if there is no such subscription any more
     */
    boolean refresh(String id, String channel, long expireAt) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Connection> found = connections.find(id);
            Optional<Entry> before = found.flatMap(connection -> connection.subscription(channel))
                    .filter(entry -> entry.state() != Entry.State.LEFT);
            if (before.isEmpty()) {
                return false;
            }
            if (changes.swap(found.get(), channel, before, before.get().expiring(expireAt))) {
                return true;
            }
            Backoff.pause(attempt);
        }
        throw new IllegalStateException("A connection's row never held still");
    }

    /** Settles what the namespace says, and what is granted beyond it, for one subscription. */
    public static SubscribeOptions settle(ChannelOptions options, SubscribeOverride override, long expireAt) {
        return new SubscribeOptions(
                override.forcePositioning().or(options.forcePositioning()),
                override.forceRecovery().or(options.forceRecovery()),
                override.presence().or(options.presence()),
                override.joinLeave().or(options.joinLeave()),
                override.forcePushJoinLeave().or(options.forcePushJoinLeave()),
                false,
                expireAt,
                false);
    }
}
