package io.carillon.session;

import io.carillon.channel.ChannelLog;
import io.carillon.connection.Backoff;
import io.carillon.connection.Connection;
import io.carillon.connection.Connections;
import io.carillon.connection.Connections.Change;
import io.carillon.connection.Entry;
import io.carillon.delivery.Mailboxes;
import io.carillon.delivery.Mailboxes.Letter;
import io.carillon.events.Mail;
import io.carillon.parallel.Parallel;
import io.carillon.session.Subscriptions.Entered;
import io.carillon.session.Subscriptions.Outcome;
import io.carillon.session.Subscriptions.Outcomes;
import io.carillon.session.Subscriptions.Wish;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Enters subscriptions into a connection's row, and asks the channels' mailboxes to start them; several in one go.
 *
 * <p>Safe for use by several threads.
 */
final class Entering {

    private static final Logger LOG = LoggerFactory.getLogger(Entering.class);

    private final Connections connections;
    private final RowChanges changes;
    private final ChannelLog log;
    private final Mailboxes mailboxes;
    private final InstantSource clock;
    private final int channelLimit;

    Entering(
            Connections connections,
            RowChanges changes,
            ChannelLog log,
            Mailboxes mailboxes,
            InstantSource clock,
            int channelLimit) {
        this.connections = connections;
        this.changes = changes;
        this.log = log;
        this.mailboxes = mailboxes;
        this.clock = clock;
        this.channelLimit = channelLimit;
    }

    /** A change of the row that lets a subscription start once its mail is sent. */
    private record Start(Connection connection, Wish wish, Optional<Entry> before, Entry after) {

        String channel() {
            return wish.channel();
        }

        Change change() {
            return new Change(wish.channel(), before, after);
        }

        Letter letter() {
            Mail mail = new Mail.Subscribe(
                    wish.channel(),
                    after.shard(),
                    connection.id(),
                    after.revision(),
                    wish.command(),
                    connection.clientInfo(wish.chanInfo()),
                    wish.recover(),
                    wish.options(),
                    wish.data(),
                    wish.answered());
            return new Letter(mail, connection.id() + ":" + after.revision());
        }
    }

    /**
     * Enters what the server grants into the row of a connection that is only about to have one.
     *
     * @param shards how many the channel has
     */
    Entered enterNew(Connection connection, Wish wish, int shards) {
        Start start = new Start(connection, wish, Optional.empty(), first(connection.id(), wish, shards));
        return new Entered(wish.channel(), start.after(), start.letter());
    }

    /** Carries out wishes, at most one for each channel. */
    Outcomes carryOut(Connection known, List<Wish> wishes) {
        Map<String, Outcome> outcomes = new HashMap<>();
        List<Start> tried = new ArrayList<>();
        try {
            List<Start> entered = enter(known, wishes, tried, outcomes);
            List<Letter> letters = Stream.concat(entered.stream(), again(known, wishes, outcomes))
                    .map(Start::letter)
                    .toList();
            if (!letters.isEmpty()) {
                mailboxes.send(letters);
            }
            entered.forEach(start -> outcomes.put(start.channel(), Outcome.STARTED));
            return new Outcomes(outcomes, Optional.empty());
        } catch (RuntimeException e) {
            tried.stream()
                    .filter(start -> !isUndone(start))
                    .forEach(start -> outcomes.put(start.channel(), Outcome.STUCK));
            wishes.forEach(wish -> outcomes.putIfAbsent(wish.channel(), Outcome.FAILED));
            return new Outcomes(outcomes, Optional.of(e));
        }
    }

    /**
     * What a backend asks for once more: whoever entered it may have died before it sent the mail, and no client asks
     * again in its place. Where the mail was sent, this one vanishes by its dedup id, or finds the subscriber there.
     */
    private static Stream<Start> again(Connection known, List<Wish> wishes, Map<String, Outcome> outcomes) {
        return wishes.stream()
                .filter(wish -> outcomes.get(wish.channel()) == Outcome.ALREADY)
                .flatMap(wish -> known
                        .subscription(wish.channel())
                        .filter(entry -> entry.source() == Entry.Source.SERVER && wish.source() == entry.source())
                        .map(entry -> new Start(known, wish, Optional.of(entry), entry))
                        .stream());
    }

    private List<Start> enter(Connection known, List<Wish> wishes, List<Start> tried, Map<String, Outcome> outcomes) {
        List<Start> entered = new ArrayList<>();
        List<Wish> open = wishes;
        Optional<Connection> row = Optional.of(known);
        for (int attempt = 0; attempt < Subscriptions.ATTEMPTS; attempt++) {
            if (row.isEmpty()) {
                open.forEach(wish -> outcomes.put(wish.channel(), Outcome.GONE));
                return entered;
            }
            List<Start> starts = starts(row.get(), open, outcomes);
            if (starts.isEmpty()) {
                return entered;
            }
            tried.addAll(starts);
            Set<String> swapped = changes.subscribe(
                    row.get(), starts.stream().map(Start::change).toList(), channelLimit);
            entered.addAll(starts.stream()
                    .filter(start -> swapped.contains(start.channel()))
                    .toList());
            open = starts.stream()
                    .filter(start -> !swapped.contains(start.channel()))
                    .map(Start::wish)
                    .toList();
            if (open.isEmpty()) {
                return entered;
            }
            Backoff.pause(attempt);
            row = connections.find(known.id());
        }
        throw new IllegalStateException("A connection's row never held still");
    }

    /** Finds out what to change for the wishes that can be granted, and notes why the others cannot. */
    private List<Start> starts(Connection row, List<Wish> wishes, Map<String, Outcome> outcomes) {
        List<Wish> granted = new ArrayList<>();
        Connection then = row;
        for (Wish wish : wishes) {
            Optional<Outcome> refusal = refusal(then, wish.channel(), wish.command());
            if (refusal.isPresent()) {
                outcomes.put(wish.channel(), refusal.get());
            } else {
                granted.add(wish);
                then = then.with(wish.channel(), entry(0, 0, 0, wish));
            }
        }
        return Parallel.map(granted, wish -> start(row, wish));
    }

    private Start start(Connection row, Wish wish) {
        Optional<Entry> before = row.subscription(wish.channel());
        Entry after = before.map(entry -> resumed(entry, wish))
                .orElseGet(() -> first(row.id(), wish, log.state(wish.channel()).shards()));
        return new Start(row, wish, before, after);
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
        return entry(before.revision() + 1, Math.max(before.command(), wish.command()), before.shard(), wish);
    }

    /** Starts from the clock, so that an entry is never mistaken for an earlier one that the row has forgotten. */
    private Entry first(String id, Wish wish, int shards) {
        return entry(clock.millis(), wish.command(), Math.floorMod(id.hashCode(), Math.max(1, shards)), wish);
    }

    private static Entry entry(long revision, long command, int shard, Wish wish) {
        return new Entry(
                revision,
                command,
                shard,
                Entry.State.ACTIVE,
                wish.source(),
                wish.chanInfo().isPresent(),
                wish.options().expireAt());
    }

    /** Otherwise the client's next try would be told that it is subscribed already. */
    private boolean isUndone(Start start) {
        Entry after = start.after();
        Entry restored = start.before()
                .filter(Entering::isActive)
                .map(active -> after.by(active.command(), Entry.State.ACTIVE))
                .orElseGet(() -> after.to(start.before().map(Entry::state).orElse(Entry.State.LEFT)));
        try {
            changes.swap(start.connection(), start.channel(), Optional.of(after), restored);
            return true;
        } catch (RuntimeException e) {
            LOG.error(
                    "Entry for {} of {} could not be undone",
                    start.channel(),
                    start.connection().id(),
                    e);
            return false;
        }
    }
}
