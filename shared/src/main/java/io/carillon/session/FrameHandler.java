package io.carillon.session;

import io.carillon.channel.Refused;
import io.carillon.connection.Connection;
import io.carillon.delivery.Poster;
import io.carillon.delivery.Poster.Outcome;
import io.carillon.events.Command;
import io.carillon.events.CommandReader;
import io.carillon.events.Disconnect;
import io.carillon.events.FrameWriter;
import io.carillon.events.Framing;
import io.carillon.events.ProtocolError;
import io.carillon.events.Request;
import io.carillon.limit.FrameRates;
import io.carillon.metrics.Measure;
import io.carillon.metrics.Metrics;
import io.carillon.session.ConnectCommand.Connected;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Carries out the commands of one frame, in order, and gives the replies that go back as the route response. Replies
 * to subscribe commands come from the channel's mailbox instead, so that no publication can overtake them.
 *
 * <p>Safe for use by several threads: frames of one connection may be handled in parallel and in any order.
 */
public final class FrameHandler {

    private static final Logger LOG = LoggerFactory.getLogger(FrameHandler.class);

    private final Sessions sessions;
    private final ConnectCommand connect;
    private final Commands established;
    private final Subscriptions subscriptions;
    private final Endings endings;
    private final Poster poster;
    private final FrameRates rates;
    private final Duration closeDelay;
    private final InstantSource clock;
    private final Metrics metrics;

    FrameHandler(
            Sessions sessions,
            ConnectCommand connect,
            Commands established,
            Subscriptions subscriptions,
            Endings endings,
            Poster poster,
            FrameRates rates,
            Duration closeDelay,
            InstantSource clock,
            Metrics metrics) {
        this.sessions = sessions;
        this.connect = connect;
        this.established = established;
        this.subscriptions = subscriptions;
        this.endings = endings;
        this.poster = poster;
        this.rates = rates;
        this.closeDelay = closeDelay;
        this.clock = clock;
        this.metrics = metrics;
    }

    /**
     * Handles one frame.
     *
     * @param connection API Gateway's connection id
     * @param frame the frame's text
     * @return the text to answer with; empty for none
     */
    public String handle(String connection, String frame) {
        CommandReader.Frame read = CommandReader.leading(frame);
        Round round = new Round(connection, read.commands());
        try {
            if (isWithinRate(round) && round.carryOut() && read.problem().isPresent()) {
                LOG.atInfo()
                        .addKeyValue("connection", connection)
                        .log("Malformed frame: {}", read.problem().get().getMessage());
                metrics.count(Measure.REJECTED_FRAMES);
                throw new Ended(Disconnect.BAD_REQUEST);
            }
        } catch (Ended e) {
            LOG.atInfo()
                    .addKeyValue("connection", connection)
                    .addKeyValue("code", e.disconnect().code())
                    .log("Disconnecting: {}", e.getMessage());
            endings.end(connection, round.replies.lines(), e.disconnect());
            return "";
        }
        return answer(connection, round.replies.lines());
    }

    /** Refuses the commands of a frame that is one too many. */
    private boolean isWithinRate(Round round) {
        return switch (rates.count(round.id)) {
            case ALLOWED -> true;
            case TOO_MANY -> {
                metrics.count(Measure.REJECTED_FRAMES);
                round.refuseAll(ProtocolError.TOO_MANY_REQUESTS);
                yield false;
            }
            case ABUSE -> {
                metrics.count(Measure.REJECTED_FRAMES);
                throw new Ended(Disconnect.TOO_MANY_REQUESTS);
            }
            case ENDED -> {
                metrics.count(Measure.REJECTED_FRAMES);
                endings.drop(round.id);
                yield false;
            }
            case IGNORED -> {
                metrics.count(Measure.REJECTED_FRAMES);
                yield false;
            }
        };
    }

    /** The commands of one frame, being carried out. */
    private final class Round {

        private final String id;
        private final List<Command> commands;
        private final Replies replies = new Replies(metrics);
        private final Patience forSession = new Patience();
        private final Patience forRoom = new Patience();
        private Optional<Connection> justConnected = Optional.empty();

        Round(String id, List<Command> commands) {
            this.id = id;
            this.commands = commands;
        }

        /** Answers each command that wants an answer with an error. */
        void refuseAll(ProtocolError error) {
            commands.stream()
                    .filter(command -> command.id() != 0)
                    .forEach(command -> replies.refuse(command.id(), error));
        }

        /** Carries out one after another, subscribe commands in a row in one go; false if the last must not be. */
        boolean carryOut() {
            int done = 0;
            while (done < commands.size()) {
                List<Command> run = commands.subList(done, done + subscribesFrom(done));
                if (run.isEmpty()) {
                    if (!carryOut(commands.get(done))) {
                        return false;
                    }
                    done++;
                } else {
                    subscribe(run);
                    done += run.size();
                }
            }
            return true;
        }

        private int subscribesFrom(int place) {
            int end = place;
            while (end < commands.size()
                    && commands.get(end).id() != 0
                    && commands.get(end).request() instanceof Request.Subscribe) {
                end++;
            }
            return end - place;
        }

        private void subscribe(List<Command> run) {
            try {
                // Client libraries send these in the frame of the connect command, whose row needs no second look.
                Connection who = justConnected.orElseGet(this::who);
                justConnected = Optional.empty();
                established.subscribe(who, run, forRoom).forEach(one -> replies.refuse(one.command(), one.error()));
            } catch (Refused e) {
                run.forEach(command -> replies.refuse(command.id(), e.error()));
            } catch (Ended e) {
                throw e;
            } catch (RuntimeException e) {
                LOG.atError().addKeyValue("connection", id).setCause(e).log("{} subscribe commands failed", run.size());
                run.forEach(command -> replies.refuse(command.id(), ProtocolError.INTERNAL));
            }
        }

        private boolean carryOut(Command command) {
            return switch (command.request()) {
                case Request.Pong pong -> true;
                // Nobody here takes messages, and without a reply the client would never know.
                case Request.Send send -> throw new Ended(Disconnect.NOT_AVAILABLE);
                case Request.Unknown unknown -> throw new Ended(Disconnect.BAD_REQUEST);
                case Request other when command.id() == 0 -> throw new Ended(Disconnect.BAD_REQUEST);
                case Request.Connect request -> answered(command, () -> connect(command, request));
                case Request other -> {
                    answered(command, () -> settled(command));
                    yield true;
                }
            };
        }

        /** Replies with the error if there is one; gives whether there was none and the work said so. */
        private boolean answered(Command command, BooleanSupplier work) {
            try {
                return work.getAsBoolean();
            } catch (Refused e) {
                replies.refuse(command.id(), e.error());
            } catch (Ended e) {
                throw e;
            } catch (RuntimeException e) {
                LOG.atError()
                        .addKeyValue("connection", id)
                        .setCause(e)
                        .log("Command {} failed", command.request().getClass().getSimpleName());
                replies.refuse(command.id(), ProtocolError.INTERNAL);
            }
            return false;
        }

        private boolean connect(Command command, Request.Connect request) {
            Connected connected = connect.carryOut(id, request);
            boolean last = command == commands.getLast();
            if (last && connected.entered().isEmpty()) {
                replies.add(command.id(), connected.reply());
                return true;
            }
            // What comes from mailboxes must find a client that knows it is connected, and to what it is subscribed.
            List<String> lines = new ArrayList<>();
            lines.add(FrameWriter.reply(command.id(), connected.reply()));
            lines.addAll(connected.lines());
            for (String frame : Framing.join(lines)) {
                byte[] message = frame.getBytes(StandardCharsets.UTF_8);
                if (poster.post(id, message).toCompletableFuture().join() != Outcome.DELIVERED) {
                    endings.drop(id);
                    return false;
                }
            }
            start(connected);
            justConnected = Optional.of(connected.connection())
                    .filter(connection -> connected.entered().isEmpty());
            return true;
        }

        /** The client knows that it is connected, so there is no reply left that could say what went wrong. */
        private void start(Connected connected) {
            if (connected.entered().isEmpty()) {
                return;
            }
            boolean isTrue;
            try {
                isTrue = subscriptions.start(connected.connection(), connected.entered());
            } catch (RuntimeException e) {
                LOG.atError().addKeyValue("connection", id).setCause(e).log("Server-side subscriptions failed");
                throw new Ended(Disconnect.SERVER_ERROR);
            }
            if (!isTrue) {
                // Something was ended in between, before the reply could tell of it.
                throw new Ended(Disconnect.INSUFFICIENT_STATE);
            }
        }

        private boolean settled(Command command) {
            established.carryOut(who(), command).ifPresent(result -> replies.add(command.id(), result));
            return true;
        }

        private Connection who() {
            Connection who = (forSession.allows() ? sessions.established(id) : sessions.find(id))
                    .orElseThrow(FrameHandler::lost);
            MDC.put("user", who.user());
            if (!who.established()) {
                throw new Refused(ProtocolError.INTERNAL);
            }
            if (Heartbeat.isOver(who.expireAt(), closeDelay, clock.millis() / 1000)) {
                throw new Ended(Disconnect.EXPIRED);
            }
            return who;
        }
    }

    /** Whoever still sends although its row is gone shall connect again, rather than wait for what never comes. */
    private static Ended lost() {
        return new Ended(Disconnect.INSUFFICIENT_STATE);
    }

    private String answer(String id, List<String> replies) {
        List<String> frames = Framing.join(replies);
        if (frames.isEmpty()) {
            return "";
        }
        // One route response holds one message; what does not fit goes ahead.
        for (String frame : frames.subList(0, frames.size() - 1)) {
            poster.post(id, frame.getBytes(StandardCharsets.UTF_8))
                    .toCompletableFuture()
                    .join();
        }
        return frames.getLast();
    }
}
