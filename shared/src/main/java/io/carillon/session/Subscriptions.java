package io.carillon.session;

import io.carillon.channel.ChannelLog;
import io.carillon.config.ChannelOptions;
import io.carillon.connection.Connection;
import io.carillon.connection.Connections;
import io.carillon.connection.Entry;
import io.carillon.delivery.Mailboxes;
import io.carillon.delivery.Mailboxes.Letter;
import io.carillon.events.Mail;
import io.carillon.events.RawJson;
import io.carillon.events.Request.Recover;
import io.carillon.events.SubscribeOptions;
import io.carillon.events.SubscribeOverride;
import io.carillon.events.Unsubscribe;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Starts and ends subscriptions: first in the connection's row, where commands that arrive in parallel and out of
 * order are settled, then through the shard's mailbox, which answers.
 *
 * <p>Safe for use by several threads.
 */
public final class Subscriptions {

    /** How many ended subscriptions a row remembers, to tell a late command from a new one. */
    private static final int REMEMBERED = 32;

    /** How often a change is tried again after losing to a parallel one. */
    private static final int ATTEMPTS = 20;

    private final Connections connections;
    private final ChannelLog log;
    private final Mailboxes mailboxes;
    private final InstantSource clock;
    private final int channelLimit;

    public Subscriptions(
            Connections connections, ChannelLog log, Mailboxes mailboxes, InstantSource clock, int channelLimit) {
        this.connections = connections;
        this.log = log;
        this.mailboxes = mailboxes;
        this.clock = clock;
        this.channelLimit = channelLimit;
    }

    /**
     * What somebody wants to be subscribed to.
     *
     * @param command the id to reply to, which also orders the commands; 0 for the server
     * @param chanInfo what others see of the subscriber, from the subscription token
     * @param data what the answer carries for the application
     */
    public record Wish(
            String channel, long command, RawJson chanInfo, RawJson data, SubscribeOptions options, Recover recover) {}

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
        GONE
    }

    /** Subscribes a connection. */
    public Outcome subscribe(String id, Wish wish) {
        return connections.find(id).map(found -> subscribe(found, wish)).orElse(Outcome.GONE);
    }

    /** Subscribes a connection whose row has just been read; it is read again only if that has changed meanwhile. */
    Outcome subscribe(Connection known, Wish wish) {
        Optional<Connection> row = Optional.of(known);
        for (int attempt = 0; attempt < ATTEMPTS && row.isPresent(); attempt++) {
            Optional<Outcome> refusal = refusal(row.get(), wish.channel(), wish.command());
            if (refusal.isPresent()) {
                return refusal.get();
            }
            Optional<Entry> before = row.get().subscription(wish.channel());
            Entry after = before.map(entry -> resumed(entry, wish)).orElseGet(() -> first(known.id(), wish));
            if (swap(row.get(), wish.channel(), before, after)) {
                start(row.get(), wish, before, after);
                return Outcome.STARTED;
            }
            row = connections.find(known.id());
        }
        if (row.isEmpty()) {
            return Outcome.GONE;
        }
        throw new IllegalStateException("A connection's row never held still");
    }

    /** Says why a wish cannot be granted as the connection stands; empty if it can. */
    Optional<Outcome> refusal(Connection connection, String channel, long command) {
        Optional<Entry> before = connection.subscription(channel);
        if (before.isPresent() && command > 0 && before.get().command() >= command) {
            return Optional.of(Outcome.OVERTAKEN);
        }
        if (before.isPresent() && isActive(before.get()) && !mayBeAhead(before.get(), command)) {
            return Optional.of(Outcome.ALREADY);
        }
        boolean more = before.isEmpty() || before.get().state() == Entry.State.LEFT;
        return more && connection.subscriptionCount() >= channelLimit ? Optional.of(Outcome.LIMIT) : Optional.empty();
    }

    private static boolean isActive(Entry entry) {
        return entry.state() == Entry.State.ACTIVE;
    }

    /**
     * Whether a subscribe command may be ahead of the unsubscribe command before it: client libraries send one in
     * between, and only where the ids leave no room for it can there be none. Whoever forgot it is subscribed anew,
     * which does no harm; but told that it is subscribed already, a client that did not would be lost for good.
     */
    private static boolean mayBeAhead(Entry entry, long command) {
        return !entry.serverSide() && command > entry.command() + 1;
    }

    /** Stays with its shard, so that what is still under way in that mailbox comes first. */
    private static Entry resumed(Entry before, Wish wish) {
        long command = Math.max(before.command(), wish.command());
        return new Entry(
                before.revision() + 1,
                command,
                before.shard(),
                Entry.State.ACTIVE,
                wish.command() == 0,
                wish.options().expireAt());
    }

    /** Starts from the clock, so that an entry is never mistaken for an earlier one that the row has forgotten. */
    private long firstRevision() {
        return clock.millis();
    }

    private Entry first(String id, Wish wish) {
        int shards = Math.max(1, log.state(wish.channel()).shards());
        int shard = Math.floorMod(id.hashCode(), shards);
        return new Entry(
                firstRevision(),
                wish.command(),
                shard,
                Entry.State.ACTIVE,
                wish.command() == 0,
                wish.options().expireAt());
    }

    private void start(Connection connection, Wish wish, Optional<Entry> before, Entry entry) {
        Mail mail = new Mail.Subscribe(
                wish.channel(),
                entry.shard(),
                connection.id(),
                entry.revision(),
                wish.command(),
                connection.clientInfo(wish.chanInfo()),
                wish.recover(),
                wish.options(),
                wish.data());
        try {
            mailboxes.send(List.of(new Letter(mail, connection.id() + ":" + entry.revision())));
        } catch (RuntimeException e) {
            // Otherwise the client's next try would be told that it is subscribed already.
            Entry restored = before.filter(Subscriptions::isActive)
                    .map(active -> entry.by(active.command(), Entry.State.ACTIVE))
                    .orElseGet(() -> entry.to(before.map(Entry::state).orElse(Entry.State.LEFT)));
            swap(connection, wish.channel(), Optional.of(entry), restored);
            throw e;
        }
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
                    .orElseGet(() -> new Entry(firstRevision(), command, 0, Entry.State.LEFT, false, 0));
            if (swap(found.get(), channel, before, after)) {
                if (subscribed) {
                    end(found.get(), channel, before.get(), after, push);
                }
                return;
            }
        }
        throw new IllegalStateException("A connection's row never held still");
    }

    private void end(Connection connection, String channel, Entry before, Entry after, Optional<Unsubscribe> push) {
        try {
            mailboxes.send(List.of(farewell(connection.id(), channel, after, push)));
        } catch (RuntimeException e) {
            // The mailbox still has the subscriber, so the row must say so: the next try shall not find it gone, and
            // the end of the connection shall clear it.
            swap(connection, channel, Optional.of(after), before.as(after.command()));
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
            if (swap(found.get(), channel, before, before.get().expiring(expireAt))) {
                return true;
            }
        }
        throw new IllegalStateException("A connection's row never held still");
    }

    private boolean swap(Connection connection, String channel, Optional<Entry> before, Entry after) {
        boolean swapped = connections.swap(connection.id(), channel, before, after, forgettable(connection, channel));
        if (swapped && after.state() != Entry.State.LEFT && after.expireAt() > 0) {
            connections.expireBy(connection.id(), after.expireAt());
        }
        return swapped;
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

    private static Set<String> forgettable(Connection connection, String changed) {
        return connection.subscriptions().entrySet().stream()
                .filter(one -> one.getValue().state() == Entry.State.LEFT)
                .sorted(Comparator.comparingLong(
                                (Map.Entry<String, Entry> one) -> one.getValue().command())
                        .reversed())
                .skip(REMEMBERED)
                .map(Map.Entry::getKey)
                .filter(channel -> !channel.equals(changed))
                .collect(Collectors.toSet());
    }
}
