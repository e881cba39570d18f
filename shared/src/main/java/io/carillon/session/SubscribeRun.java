package io.carillon.session;

import io.carillon.channel.Refused;
import io.carillon.connection.Connection;
import io.carillon.connection.Entry;
import io.carillon.events.Command;
import io.carillon.events.Disconnect;
import io.carillon.events.ProtocolError;
import io.carillon.events.Request;
import io.carillon.session.Invitations.Ahead;
import io.carillon.session.Subscriptions.Outcome;
import io.carillon.session.Subscriptions.Outcomes;
import io.carillon.session.Subscriptions.Wish;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Consecutive subscribe commands of one frame, carried out in one go. A library that comes back sends one for each of
 * its channels, and waits five seconds for all the answers.
 *
 * <p>For use by one thread.
 */
final class SubscribeRun {

    private static final Logger LOG = LoggerFactory.getLogger(SubscribeRun.class);

    /** A kind of subscription; Centrifugo refuses it in this way where it is not set up. */
    private static final int SHARED_POLL = 4;

    private final SubscribeCommand subscribe;
    private final Sessions sessions;
    private final Subscriptions subscriptions;
    private final Patience patience;
    private final Ahead ahead;

    /** The connection as it was read last, and as it will be when the wishes that wait are granted. */
    private Connection row;

    private Connection then;

    private final List<Granted> waiting = new ArrayList<>();
    private final List<Placed> refusals = new ArrayList<>();

    SubscribeRun(
            SubscribeCommand subscribe,
            Sessions sessions,
            Subscriptions subscriptions,
            Patience patience,
            Connection who,
            Ahead ahead) {
        this.subscribe = subscribe;
        this.sessions = sessions;
        this.subscriptions = subscriptions;
        this.patience = patience;
        this.ahead = ahead;
        this.row = who;
        this.then = who;
    }

    /** The error that answers a command. */
    record Refusal(long command, ProtocolError error) {}

    private record Placed(int place, Refusal refusal) {}

    private record Granted(int place, Wish wish) {}

    /** Carries out the commands and gives the errors, in the order of the commands. */
    List<Refusal> carryOut(List<Command> commands) {
        for (int place = 0; place < commands.size(); place++) {
            Command command = commands.get(place);
            try {
                consider(place, command.id(), (Request.Subscribe) command.request());
            } catch (Refused e) {
                refuse(place, command.id(), e.error());
            } catch (Ended e) {
                throw e;
            } catch (RuntimeException e) {
                LOG.atError().addKeyValue("connection", row.id()).setCause(e).log("A subscribe command failed");
                refuse(place, command.id(), ProtocolError.INTERNAL);
            }
        }
        grant();
        return refusals.stream()
                .sorted(Comparator.comparingInt(Placed::place))
                .map(Placed::refusal)
                .toList();
    }

    private void consider(int place, long command, Request.Subscribe request) {
        String channel = request.channel();
        if (channel.isEmpty()) {
            throw new Ended(Disconnect.BAD_REQUEST);
        }
        if (request.type() == SHARED_POLL) {
            throw new Refused(ProtocolError.NOT_AVAILABLE);
        }
        if (waiting.stream().anyMatch(granted -> granted.wish().channel().equals(channel))) {
            grantAndRead();
        }
        // Before any right is looked at, and so before a stale token can end the connection.
        Optional<Outcome> refusal = subscriptions.refusal(then, channel, command);
        if (refusal.equals(Optional.of(Outcome.LIMIT)) && patience.allows()) {
            refusal = refusalAfterRoomWasMade(channel, command);
        }
        if (refusal.isPresent()) {
            settle(place, command, refusal.get());
            return;
        }
        Wish wish = subscribe.wish(then, command, request, ahead);
        waiting.add(new Granted(place, wish));
        then = then.with(channel, new Entry(0, command, 0, Entry.State.ACTIVE, Entry.Source.CLIENT, false, 0));
    }

    /** Lets an unsubscribe command that is behind make room first. */
    private Optional<Outcome> refusalAfterRoomWasMade(String channel, long command) {
        grantAndRead();
        Optional<Outcome> full = Optional.of(Outcome.LIMIT);
        Predicate<Connection> hasRoom =
                one -> !subscriptions.refusal(one, channel, command).equals(full);
        become(sessions.await(row.id(), hasRoom));
        return subscriptions.refusal(row, channel, command);
    }

    private void grantAndRead() {
        if (!waiting.isEmpty()) {
            grant();
            become(sessions.find(row.id()));
        }
    }

    private void become(Optional<Connection> read) {
        row = read.orElseThrow(() -> new Ended(Disconnect.INSUFFICIENT_STATE));
        then = row;
    }

    private void grant() {
        if (waiting.isEmpty()) {
            return;
        }
        Outcomes outcomes =
                subscriptions.subscribe(row, waiting.stream().map(Granted::wish).toList());
        outcomes.failure()
                .ifPresent(
                        failure -> LOG.error("{} subscribe commands of {} failed", waiting.size(), row.id(), failure));
        for (Granted granted : waiting) {
            Wish wish = granted.wish();
            settle(granted.place(), wish.command(), outcomes.byChannel().get(wish.channel()));
        }
        waiting.clear();
    }

    private void settle(int place, long command, Outcome outcome) {
        switch (outcome) {
            case STARTED, GONE -> {
                // The mailbox answers; or there is nobody left to answer.
            }
            case OVERTAKEN -> {
                // The client has asked for something else since. Its library takes any answer for one to its latest
                // try, if it is subscribing again, so none is the only one that does no harm.
            }
            case ALREADY -> refuse(place, command, ProtocolError.ALREADY_SUBSCRIBED);
            case LIMIT -> refuse(place, command, ProtocolError.LIMIT_EXCEEDED);
            case FAILED -> refuse(place, command, ProtocolError.INTERNAL);
            case STUCK -> throw new Ended(Disconnect.SERVER_ERROR);
            default -> throw new IllegalStateException();
        }
    }

    private void refuse(int place, long command, ProtocolError error) {
        refusals.add(new Placed(place, new Refusal(command, error)));
    }
}
