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
import java.util.HashMap;
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
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<Connection> found = connections.find(id);
            if (found.isEmpty()) {
                return Outcome.GONE;
            }
            Optional<Entry> before = found.get().subscription(wish.channel());
            Optional<Outcome> refusal = refusal(found.get(), before, wish);
            if (refusal.isPresent()) {
                return refusal.get();
            }
            Entry after = before.map(entry -> resumed(entry, wish)).orElseGet(() -> first(id, wish));
            if (swap(found.get(), wish.channel(), before, after)) {
                start(found.get(), wish, after);
                return Outcome.STARTED;
            }
        }
        throw new IllegalStateException("A connection's row never held still");
    }

    private Optional<Outcome> refusal(Connection connection, Optional<Entry> before, Wish wish) {
        if (before.isPresent() && wish.command() > 0 && before.get().command() >= wish.command()) {
            return Optional.of(Outcome.OVERTAKEN);
        }
        if (before.isPresent() && before.get().state() == Entry.State.ACTIVE) {
            return Optional.of(Outcome.ALREADY);
        }
        boolean more = before.isEmpty() || before.get().state() == Entry.State.LEFT;
        return more && connection.subscriptionCount() >= channelLimit ? Optional.of(Outcome.LIMIT) : Optional.empty();
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

    private void start(Connection connection, Wish wish, Entry entry) {
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
            swap(connection, wish.channel(), Optional.of(entry), entry.to(Entry.State.LEFT));
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
            if (found.isEmpty() || overtaken || (before.isEmpty() && command == 0)) {
                return;
            }
            // An entry for a channel that was never subscribed to makes a late subscribe command recognisable.
            Entry after = before.map(entry -> entry.by(Math.max(entry.command(), command), Entry.State.LEFT))
                    .orElseGet(() -> new Entry(firstRevision(), command, 0, Entry.State.LEFT, false, 0));
            if (swap(found.get(), channel, before, after)) {
                if (before.isPresent() && before.get().state() != Entry.State.LEFT) {
                    mailboxes.send(List.of(farewell(id, channel, after, push)));
                }
                return;
            }
        }
        throw new IllegalStateException("A connection's row never held still");
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

    /** Notes a subscription's new expiry, in seconds since 1970. */
    void refresh(Connection connection, String channel, Entry entry, long expireAt) {
        swap(connection, channel, Optional.of(entry), entry.expiring(expireAt));
    }

    private boolean swap(Connection connection, String channel, Optional<Entry> before, Entry after) {
        return connections.swap(
                connection.id(),
                channel,
                before,
                after,
                nextExpiry(connection, channel, after),
                forgettable(connection, channel));
    }

    private static long nextExpiry(Connection connection, String changed, Entry after) {
        Map<String, Entry> entries = new HashMap<>(connection.subscriptions());
        entries.put(changed, after);
        return nextExpiry(connection.expireAt(), entries);
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

    /** Finds the earliest moment at which a connection or one of its subscriptions expires; 0 for never. */
    public static long nextExpiry(long connectionExpireAt, Map<String, Entry> entries) {
        long earliest = connectionExpireAt == 0 ? Long.MAX_VALUE : connectionExpireAt;
        for (Entry entry : entries.values()) {
            earliest = Math.min(earliest, expiry(entry));
        }
        return earliest == Long.MAX_VALUE ? 0 : earliest;
    }

    private static long expiry(Entry entry) {
        return entry.state() == Entry.State.LEFT || entry.expireAt() == 0 ? Long.MAX_VALUE : entry.expireAt();
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
