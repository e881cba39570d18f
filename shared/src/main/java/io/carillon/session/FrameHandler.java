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
import io.carillon.events.MalformedJson;
import io.carillon.events.ProtocolError;
import io.carillon.events.Request;
import io.carillon.events.Result;
import io.carillon.session.Subscriptions.Wish;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
    private final Commands commands;
    private final Subscriptions subscriptions;
    private final Endings endings;
    private final Poster poster;
    private final Duration closeDelay;
    private final InstantSource clock;

    FrameHandler(
            Sessions sessions,
            ConnectCommand connect,
            Commands commands,
            Subscriptions subscriptions,
            Endings endings,
            Poster poster,
            Duration closeDelay,
            InstantSource clock) {
        this.sessions = sessions;
        this.connect = connect;
        this.commands = commands;
        this.subscriptions = subscriptions;
        this.endings = endings;
        this.poster = poster;
        this.closeDelay = closeDelay;
        this.clock = clock;
    }

    /**
     * Handles one frame.
     *
     * @param connection API Gateway's connection id
     * @param frame the frame's text
     * @return the text to answer with; empty for none
     */
    public String handle(String connection, String frame) {
        List<String> replies = new ArrayList<>();
        try {
            List<Command> all = CommandReader.read(frame);
            for (int i = 0; i < all.size(); i++) {
                if (!carryOut(connection, all.get(i), i == all.size() - 1, replies)) {
                    break;
                }
            }
        } catch (MalformedJson e) {
            LOG.info("Malformed frame from {}: {}", connection, e.getMessage());
            endings.end(connection, replies, Disconnect.BAD_REQUEST);
            return "";
        } catch (Ended e) {
            LOG.info("Disconnecting {}: {} {}", connection, e.disconnect().code(), e.getMessage());
            endings.end(connection, replies, e.disconnect());
            return "";
        }
        return answer(connection, replies);
    }

    /** Carries out one command; false if the rest of the frame must not be. */
    private boolean carryOut(String id, Command command, boolean last, List<String> replies) {
        if (command.request() instanceof Request.Pong) {
            return true;
        }
        if (command.id() == 0 && !(command.request() instanceof Request.Send)) {
            throw new Ended(Disconnect.BAD_REQUEST);
        }
        boolean connecting = command.request() instanceof Request.Connect;
        try {
            if (command.request() instanceof Request.Connect request) {
                return connect(id, command.id(), request, last, replies);
            }
            return other(id, command, replies);
        } catch (Refused e) {
            replies.add(FrameWriter.error(command.id(), e.error()));
        } catch (Ended e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.error("Command {} of {} failed", command.request().getClass().getSimpleName(), id, e);
            replies.add(FrameWriter.error(command.id(), ProtocolError.INTERNAL));
        }
        // Nothing can follow a connect command that was refused.
        return !connecting;
    }

    private boolean connect(String id, long command, Request.Connect request, boolean last, List<String> replies) {
        Optional<Connection> opened = sessions.find(id);
        if (opened.isEmpty()) {
            return false;
        }
        ConnectCommand.Connected connected = connect.carryOut(opened.get(), request);
        String reply = FrameWriter.reply(command, connected.reply());
        if (last && connected.wishes().isEmpty()) {
            replies.add(reply);
            return true;
        }
        // Answers that come from mailboxes must find a client that knows it is connected.
        Outcome outcome = poster.post(id, reply.getBytes(StandardCharsets.UTF_8))
                .toCompletableFuture()
                .join();
        if (outcome != Outcome.DELIVERED) {
            return false;
        }
        for (Wish wish : connected.wishes()) {
            subscriptions.subscribe(id, wish);
        }
        return true;
    }

    private boolean other(String id, Command command, List<String> replies) {
        Optional<Connection> who = sessions.established(id);
        if (who.isEmpty()) {
            return false;
        }
        if (!who.get().established()) {
            throw new Refused(ProtocolError.INTERNAL);
        }
        long now = clock.millis() / 1000;
        if (who.get().expireAt() > 0 && who.get().expireAt() + closeDelay.toSeconds() < now) {
            throw new Ended(Disconnect.EXPIRED);
        }
        Optional<Result> result = commands.carryOut(who.get(), command);
        result.ifPresent(present -> replies.add(FrameWriter.reply(command.id(), present)));
        return true;
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
