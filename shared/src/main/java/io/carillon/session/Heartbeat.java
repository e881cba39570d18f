package io.carillon.session;

import io.carillon.channel.Healer;
import io.carillon.connection.Closer;
import io.carillon.connection.Connection;
import io.carillon.connection.Connections;
import io.carillon.connection.Entry;
import io.carillon.delivery.Poster;
import io.carillon.delivery.Poster.Outcome;
import io.carillon.events.Disconnect;
import io.carillon.events.FrameWriter;
import io.carillon.events.Unsubscribe;
import io.carillon.metrics.Measure;
import io.carillon.metrics.Metrics;
import io.carillon.parallel.Parallel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps connections alive and presence true, once a minute: pings the connections that are due, forgets those that are
 * gone, ends what has expired, and lets channels be healed whose publisher died half-way. A connection is pinged more
 * often than API Gateway's idle limit of 10 minutes and than the ping interval that clients are told.
 *
 * <p>Each beat costs a post and 1 RRU for each connection that is due, which is less than a tenth of what API Gateway
 * asks for the minutes in between, and what the {@link Healer} reads for each of their channels, once however many of
 * them are in it.
 */
public final class Heartbeat {

    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

    /** How long a connection with nothing to expire is left alone, in seconds. */
    private static final long PUT_OFF = 3600;

    /** How many rows are read with one call. */
    private static final int HANDFUL = 100;

    private static final byte[] PING = FrameWriter.PING.getBytes(StandardCharsets.UTF_8);

    private final Connections connections;
    private final Subscriptions subscriptions;
    private final Renewals renewals;
    private final Endings endings;
    private final Closer closer;
    private final Healer healer;
    private final Poster poster;
    private final Metrics metrics;
    private final Settings settings;
    private final InstantSource clock;

    /**
     * What the heartbeat is set to.
     *
     * @param ping the interval that clients are told
     * @param closeDelay how long a connection may stay after its token has expired
     * @param subCloseDelay how long a subscription may
     */
    public record Settings(Duration ping, Duration closeDelay, Duration subCloseDelay) {}

    public Heartbeat(
            Connections connections,
            Subscriptions subscriptions,
            Renewals renewals,
            Endings endings,
            Closer closer,
            Healer healer,
            Poster poster,
            Metrics metrics,
            Settings settings,
            InstantSource clock) {
        this.connections = connections;
        this.subscriptions = subscriptions;
        this.renewals = renewals;
        this.endings = endings;
        this.closer = closer;
        this.healer = healer;
        this.poster = poster;
        this.metrics = metrics;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * Does what is due in one minute.
     *
     * @param due when this beat was scheduled: one that comes late still serves the connections of its own minute
     */
    public void beat(Instant due) {
        long minute = due.getEpochSecond() / 60;
        Set<String> channels = ConcurrentHashMap.newKeySet();
        Set<Stray> strays = ConcurrentHashMap.newKeySet();
        long every = minutesPerRound(settings.ping());
        for (int slot = 0; slot < Connections.SLOTS; slot++) {
            if (slot % every == minute % every) {
                connections.inSlot(slot, page -> {
                    ping(page);
                    forEach(handfuls(page), ids -> note(ids, channels, strays));
                });
            }
        }
        forEach(List.copyOf(channels), healer::heal);
        forEach(List.copyOf(strays), this::callBack);
        long now = clock.millis() / 1000;
        Duration shortest = settings.closeDelay().compareTo(settings.subCloseDelay()) < 0
                ? settings.closeDelay()
                : settings.subCloseDelay();
        connections.expiring(now - shortest.toSeconds() + 1, page -> forEach(page, id -> expire(id, now)));
    }

    /**
     * Gives in how many minutes the heartbeat comes to every connection once.
     *
     * @param ping the interval that clients are told
     */
    public static int minutesPerRound(Duration ping) {
        return Math.clamp(ping.toMinutes() - 1, 1, Connections.SLOTS);
    }

    private void ping(List<String> page) {
        record Pinged(String id, CompletableFuture<Outcome> outcome) {}
        List<Pinged> pings = page.stream()
                .map(id -> new Pinged(id, poster.post(id, PING).toCompletableFuture()))
                .toList();
        List<String> gone = pings.stream()
                .filter(ping -> ping.outcome().join() == Outcome.GONE)
                .map(Pinged::id)
                .toList();
        metrics.add(Measure.CONNECTIONS_PINGED, page.size() - gone.size());
        forEach(gone, closer::forget);
    }

    private static List<List<String>> handfuls(List<String> page) {
        return IntStream.iterate(0, from -> from < page.size(), from -> from + HANDFUL)
                .mapToObj(from -> page.subList(from, Math.min(from + HANDFUL, page.size())))
                .toList();
    }

    /** A subscription that waits for its client to come back. */
    private record Stray(String id, String channel, long revision) {}

    /** Collects the channels of connections, so that each is looked at once, and who was told to come back. */
    private void note(List<String> ids, Set<String> channels, Set<Stray> strays) {
        connections
                .findAll(ids)
                .values()
                .forEach(connection -> connection.subscriptions().forEach((channel, entry) -> {
                    if (entry.state() != Entry.State.LEFT) {
                        channels.add(channel);
                    }
                    if (entry.state() == Entry.State.AWAY) {
                        strays.add(new Stray(connection.id(), channel, entry.revision()));
                    }
                }));
    }

    /** Lets nothing that cannot be dealt with keep the beat from the others; a later beat tries again. */
    private static <T> void forEach(List<T> parts, Consumer<T> work) {
        Parallel.map(parts, part -> {
            try {
                work.accept(part);
                return true;
            } catch (RuntimeException e) {
                LOG.atError().addKeyValue("part", part).setCause(e).log("A part of the heartbeat failed");
                return false;
            }
        });
    }

    /**
     * Ends a connection that is still away. A client comes back at once, so one that has not by the end of this beat may
     * never have been told, because neither the message nor the end of the connection got through. Who was on its
     * way reconnects instead, and recovers just as well.
     */
    private void callBack(Stray stray) {
        boolean isStillAway = connections
                .find(stray.id())
                .flatMap(connection -> connection.subscription(stray.channel()))
                .filter(entry -> entry.state() == Entry.State.AWAY && entry.revision() == stray.revision())
                .isPresent();
        if (isStillAway) {
            endings.end(stray.id(), Disconnect.INSUFFICIENT_STATE);
        }
    }

    private void expire(String id, long now) {
        Optional<Connection> found = connections.find(id);
        if (found.isEmpty()) {
            closer.forget(id);
            return;
        }
        Connection connection = found.get();
        if (!connection.established()) {
            endings.end(id, Disconnect.STALE);
        } else if (isOver(connection.settleBy(), Duration.ZERO, now)) {
            LOG.warn("Reconnecting {}: it was told of subscriptions that its mailboxes were not", id);
            endings.end(id, Disconnect.INSUFFICIENT_STATE);
        } else if (isOver(connection.expireAt(), settings.closeDelay(), now)) {
            if (renewals.renew(connection)) {
                expireSubscriptions(connection, now);
            } else {
                endings.end(id, Disconnect.EXPIRED);
            }
        } else {
            expireSubscriptions(connection, now);
        }
    }

    private void expireSubscriptions(Connection connection, long now) {
        connection.subscriptions().forEach((channel, entry) -> {
            boolean over = entry.state() != Entry.State.LEFT && isOver(entry.expireAt(), settings.subCloseDelay(), now);
            if (over && !renewals.renew(connection, channel)) {
                subscriptions.unsubscribe(connection.id(), channel, 0, Optional.of(Unsubscribe.EXPIRED));
            }
        });
        postpone(connection, now);
    }

    /**
     * Finds the next moment to look at a connection. Commands may bring it forward meanwhile, so it is first put off,
     * and then brought forward by what the row says afterwards: whoever changes the row in between is not overlooked.
     */
    private void postpone(Connection connection, long now) {
        connections.postpone(connection.id(), connection.nextExpiry(), now + PUT_OFF);
        connections
                .find(connection.id())
                .map(Connection::earliestExpiry)
                .filter(moment -> moment > 0)
                .ifPresent(moment -> connections.expireBy(connection.id(), moment));
    }

    /** Whether something that expired is past its grace. */
    static boolean isOver(long expireAt, Duration grace, long now) {
        return expireAt > 0 && expireAt + grace.toSeconds() <= now;
    }
}
