package io.carillon.local.load;

import io.carillon.events.Json;
import io.carillon.events.Position;
import io.carillon.events.ProtocolError;
import io.carillon.events.Publication;
import io.carillon.events.Push;
import io.carillon.events.Result;
import io.carillon.local.load.Membership.State;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.StringJoiner;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * One client of the Centrifugo JSON protocol, which subscribes to its channels and stays, come what may: it reconnects,
 * resubscribes and recovers as centrifuge-js does, with the same timeouts and backoff. What it sees goes to its diary.
 *
 * <p>Source: centrifuge-js 5.7, centrifuge.ts and subscription.ts. Safe for use by several threads.
 */
final class LoadClient implements Wire.Owner {

    /** Code of a disconnect that the run itself made. */
    static final int CUT = -1;

    /** Codes of the client library itself. Source: codes.ts of centrifuge-js. */
    static final int TRANSPORT_CLOSED = 1;

    static final int SUBSCRIBE_TIMEOUT = 3;
    static final int CONNECT_TIMEOUT = 4;

    private static final int MESSAGE_TOO_BIG = 1009;
    private static final int FIRST_OWN_ERROR = 100;
    private static final int FIRST_RESUBSCRIBE = 2500;
    private static final int STATE_INVALIDATED = 2502;
    private static final int FIRST_SERVER_CODE = 3000;
    private static final int CONNECTION_INVALIDATED = 3014;
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /** What many clients of a run share; {@code agent} is the User-Agent that they connect with. */
    record Surroundings(
            HttpClient http,
            Transport transport,
            URI uri,
            String agent,
            ScheduledExecutorService timers,
            LongSupplier clock) {}

    private final Surroundings surroundings;
    private final String token;
    private final Diary diary;
    private final Backoff backoff;
    private final Map<String, Membership> memberships = new LinkedHashMap<>();
    private final Map<Long, Membership> pending = new HashMap<>();
    private Optional<Wire> wire = Optional.empty();
    private long lastId;
    private long connectId;
    private String clientId = "";
    private boolean connected;
    private boolean ended;

    /** {@code recovers} if it asks for what it missed when it comes back. */
    LoadClient(
            Surroundings surroundings,
            String token,
            Iterable<String> channels,
            Diary diary,
            long seed,
            boolean recovers) {
        this.surroundings = surroundings;
        this.token = token;
        this.diary = diary;
        SplittableRandom random = new SplittableRandom(seed);
        this.backoff = new Backoff(random.split());
        channels.forEach(
                channel -> memberships.put(channel, new Membership(channel, new Backoff(random.split()), recovers)));
    }

    synchronized void connect() {
        if (!ended && wire.isEmpty()) {
            Wire opening = surroundings.transport().wire(this);
            wire = Optional.of(opening);
            opening.open(surroundings.http(), surroundings.uri(), surroundings.agent(), TIMEOUT);
        }
    }

    /** Ends the connection as a lost network does; the client comes back by itself. */
    synchronized void cut() {
        if (wire.isPresent() && !ended) {
            drop(CUT, "cut", true);
        }
    }

    /** Leaves a channel, and comes back after a while; does nothing if it is not subscribed. */
    synchronized void leave(String channel, Duration away) {
        Membership membership = memberships.get(channel);
        if (ended || !connected || membership.state() != State.SUBSCRIBED) {
            return;
        }
        membership.left();
        diary.note(new Seen.Left(now(), channel));
        String command = "{\"id\":" + ++lastId + ",\"unsubscribe\":{\"channel\":" + Json.write(channel) + "}}";
        wire.ifPresent(open -> open.send(command));
        after(away, () -> {
            if (membership.state() == State.LEFT) {
                membership.returning();
                resubscribe(membership);
            }
        });
    }

    /** Does nothing from now on, and leaves the connection open, as a device that is lost does. */
    synchronized void die() {
        ended = true;
        wire.ifPresent(Wire::abandon);
    }

    /** Stops reading, or reads on. */
    synchronized void stall(boolean stalled) {
        wire.ifPresent(open -> open.stall(stalled));
    }

    /** Ends the connection for good. */
    synchronized void close() {
        ended = true;
        wire.ifPresent(Wire::abort);
        wire = Optional.empty();
    }

    /** Whether it is connected, and has seen everything up to these offsets in its channels. */
    synchronized boolean hasReached(Map<String, Long> offsets) {
        return connected
                && memberships.values().stream()
                        .allMatch(one -> one.hasReached(offsets.getOrDefault(one.channel(), 0L)));
    }

    /** Whether the server has sent it away for good, from a channel or altogether. */
    synchronized boolean isHopeless() {
        return ended || memberships.values().stream().anyMatch(one -> one.state() == State.ENDED);
    }

    /** Gives the id that the server gave the connection; empty while there is none. */
    synchronized Optional<String> clientId() {
        return connected ? Optional.of(clientId) : Optional.empty();
    }

    private boolean isCurrent(Wire one) {
        return wire.isPresent() && wire.get() == one;
    }

    @Override
    public synchronized void opened(Wire opened) {
        if (!isCurrent(opened)) {
            opened.abort();
            return;
        }
        connectId = ++lastId;
        StringJoiner frame = new StringJoiner("\n");
        frame.add("{\"id\":" + connectId + ",\"connect\":{\"token\":" + Json.write(token) + ",\"name\":\"load\"}}");
        for (Membership membership : memberships.values()) {
            if (membership.state() == State.SUBSCRIBING) {
                frame.add(subscribe(opened, membership));
            }
        }
        long id = connectId;
        after(TIMEOUT, () -> {
            if (isCurrent(opened) && !connected && connectId == id) {
                drop(CONNECT_TIMEOUT, "connect timeout", true);
            }
        });
        opened.send(frame.toString());
    }

    private String subscribe(Wire through, Membership membership) {
        long id = ++lastId;
        pending.put(id, membership);
        after(TIMEOUT, () -> {
            if (isCurrent(through) && pending.containsKey(id)) {
                drop(SUBSCRIBE_TIMEOUT, "subscribe timeout", true);
            }
        });
        return membership.command(id);
    }

    @Override
    public synchronized void frame(Wire source, String text) {
        for (String line : text.split("\n")) {
            if (isCurrent(source)) {
                handle(ServerMessage.read(line));
            }
        }
    }

    private void handle(ServerMessage message) {
        switch (message) {
            case ServerMessage.Connected reply -> connected(reply.result());
            case ServerMessage.Subscribed reply -> subscribed(reply.id(), reply.result());
            case ServerMessage.Refused reply -> refused(reply.id(), reply.error());
            case ServerMessage.Published push -> published(push.channel(), push.publication());
            case ServerMessage.Unsubscribed push -> unsubscribed(push.channel(), push.push());
            case ServerMessage.Disconnected push -> disconnected(push.push());
            case ServerMessage.Other other -> {
                // Pings need no answer, since the connect reply asked for none.
            }
        }
    }

    private void connected(Result.Connect result) {
        connected = true;
        backoff.reset();
        clientId = result.client();
        diary.note(new Seen.Connected(now(), clientId));
        // Who came back to a channel after the connect command had been sent was not in its frame.
        memberships.values().forEach(this::resubscribe);
    }

    private void subscribed(long id, Result.Subscribe result) {
        Membership membership = pending.remove(id);
        if (membership == null || membership.state() != State.SUBSCRIBING) {
            return;
        }
        Position position = new Position(result.offset(), result.epoch());
        diary.note(new Seen.Subscribed(
                now(), membership.channel(), position, membership.isRecovering(), result.recovered()));
        membership.subscribed(result.recoverable(), position);
        result.publications().forEach(one -> received(membership, one, Seen.Way.REPLY));
    }

    private void published(String channel, Publication publication) {
        Membership membership = memberships.get(channel);
        if (membership != null && membership.state() == State.SUBSCRIBED) {
            received(membership, publication, Seen.Way.PUSH);
        } else {
            long digest = Payloads.digest(publication.data().text());
            diary.note(new Seen.Received(now(), channel, publication.offset(), digest, Seen.Way.STRAY));
        }
    }

    private void received(Membership membership, Publication publication, Seen.Way way) {
        long digest = Payloads.digest(publication.data().text());
        diary.note(new Seen.Received(now(), membership.channel(), publication.offset(), digest, way));
        membership.moved(publication.offset());
    }

    private void refused(long id, ProtocolError error) {
        boolean again = error.temporary()
                || error.code() < FIRST_OWN_ERROR
                || error.code() == ProtocolError.TOKEN_EXPIRED.code();
        if (id == connectId) {
            diary.note(new Seen.Refused(now(), "", error.code(), error.message()));
            drop(error.code(), error.message(), again);
            return;
        }
        Membership membership = pending.remove(id);
        if (membership == null) {
            return;
        }
        diary.note(new Seen.Refused(now(), membership.channel(), error.code(), error.message()));
        if (again) {
            after(membership.backoff().next(), () -> resubscribe(membership));
        } else {
            membership.ended();
        }
    }

    private void resubscribe(Membership membership) {
        if (connected && membership.state() == State.SUBSCRIBING && !pending.containsValue(membership)) {
            wire.ifPresent(open -> open.send(subscribe(open, membership)));
        }
    }

    private void unsubscribed(String channel, Push.Unsubscribed push) {
        Membership membership = memberships.get(channel);
        if (membership == null || membership.state() != State.SUBSCRIBED) {
            // It ends a subscription before; centrifuge-js takes no notice of it either.
            return;
        }
        diary.note(new Seen.Unsubscribed(now(), channel, push.code()));
        if (push.code() < FIRST_RESUBSCRIBE) {
            membership.ended();
            return;
        }
        if (push.code() == STATE_INVALIDATED) {
            membership.invalidated();
        }
        membership.interrupted();
        resubscribe(membership);
    }

    private void disconnected(Push.Disconnected push) {
        drop(push.code(), push.reason(), !isTerminal(push.code()));
    }

    private static boolean isTerminal(int code) {
        return code >= 3500 && code < 4000 || code >= 4500 && code < 5000;
    }

    @Override
    public synchronized void ended(Wire source, int code, String reason) {
        if (!isCurrent(source)) {
            return;
        }
        if (code >= FIRST_SERVER_CODE) {
            drop(code, reason, !isTerminal(code));
        } else {
            drop(code == MESSAGE_TOO_BIG ? code : TRANSPORT_CLOSED, code + " " + reason, code != MESSAGE_TOO_BIG);
        }
    }

    private void drop(int code, String reason, boolean again) {
        diary.note(new Seen.Lost(now(), code, reason));
        wire.ifPresent(Wire::abort);
        wire = Optional.empty();
        connected = false;
        pending.clear();
        memberships.values().forEach(Membership::interrupted);
        if (code == CONNECTION_INVALIDATED) {
            memberships.values().forEach(Membership::invalidated);
        }
        if (again) {
            after(backoff.next(), this::connect);
        } else {
            ended = true;
        }
    }

    private void after(Duration delay, Runnable task) {
        if (ended) {
            return;
        }
        surroundings
                .timers()
                .schedule(
                        () -> {
                            synchronized (this) {
                                task.run();
                            }
                        },
                        delay.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    private long now() {
        return surroundings.clock().getAsLong();
    }
}
