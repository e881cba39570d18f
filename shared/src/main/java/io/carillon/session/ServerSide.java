package io.carillon.session;

import io.carillon.channel.ChannelLog;
import io.carillon.channel.LogState;
import io.carillon.channel.Recovery;
import io.carillon.channel.Recovery.Missed;
import io.carillon.config.ChannelOptions;
import io.carillon.events.FrameWriter;
import io.carillon.events.Framing;
import io.carillon.events.Position;
import io.carillon.events.Publication;
import io.carillon.events.Push;
import io.carillon.events.Result;
import io.carillon.events.SubscribeOptions;
import io.carillon.parallel.Parallel;
import io.carillon.session.Subscriptions.Wish;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds out what the connect reply says of subscriptions that the server makes: in channels with history, where the client
 * stands and what it missed, from the log as it is now. The mailbox goes on from there. Only the reply can say whether
 * a recovery succeeded; the {@code subscribe} push that announces all other subscriptions has no field for it.
 *
 * <p>Safe for use by several threads.
 */
final class ServerSide {

    /** Room for the line's end and for what joins publications. */
    private static final int SPARE = 64;

    private final ChannelLog log;
    private final Recovery recovery;

    ServerSide(ChannelLog log, Recovery recovery) {
        this.log = log;
        this.recovery = recovery;
    }

    /** What a client may have, and its channel's options. */
    record Granted(Wish wish, ChannelOptions options) {}

    /** What goes into the mailbox, how many shards the channel has, and what the reply says, if it says anything. */
    record Answered(Wish wish, int shards, Optional<Result.Subscribe> result) {}

    /** The reply, and the pushes that are to follow it at once because it had no room for them. */
    record Told(Result.Connect reply, List<String> rest) {}

    List<Answered> answer(List<Granted> granted) {
        return Parallel.map(granted, one -> one.options().hasHistory() ? answer(one) : unanswered(one.wish()));
    }

    private Answered unanswered(Wish wish) {
        return new Answered(wish, log.state(wish.channel()).shards(), Optional.empty());
    }

    private Answered answer(Granted granted) {
        Wish wish = granted.wish();
        SubscribeOptions options = wish.options();
        LogState state = opened(wish.channel(), granted.options());
        Position top = state.top();
        Missed missed = wish.recover().recover() && options.recoverable()
                ? recovery.since(wish.channel(), granted.options(), wish.recover(), top)
                : new Missed(false, List.of());
        boolean positioned = options.positioned() || options.recoverable();
        Position told = missed.recovered() ? top.at(wish.recover().offset()) : top;
        Result.Subscribe result = new Result.Subscribe(
                false,
                0,
                options.recoverable(),
                positioned ? told.epoch() : "",
                missed.publications(),
                missed.recovered(),
                positioned ? told.offset() : 0,
                positioned,
                wish.data(),
                wish.recover().recover());
        return new Answered(wish.answered(top), state.shards(), Optional.of(result));
    }

    /** A log that nobody has used yet needs an epoch, or the client would have nothing to come back with. */
    private LogState opened(String channel, ChannelOptions options) {
        LogState state = log.state(channel);
        return state.epoch().isEmpty() ? log.openShard(channel, 0, options.historyMetaTtl()) : state;
    }

    /** Puts as much into the reply as a message holds. */
    static Told tell(Result.Connect bare, List<Answered> answered) {
        Map<String, Result.Subscribe> subs = new LinkedHashMap<>();
        answered.forEach(one ->
                one.result().ifPresent(result -> subs.put(one.wish().channel(), with(result, List.of()))));
        int room = Framing.MAX_MESSAGE
                - SPARE
                - Framing.utf8Length(FrameWriter.reply(Integer.MAX_VALUE, with(bare, subs)));
        List<String> rest = new ArrayList<>();
        for (Answered one : answered) {
            if (one.result().isPresent()) {
                String channel = one.wish().channel();
                List<Publication> missed = one.result().get().publications();
                int fitting = Framing.fitting(missed, room - SPARE);
                List<Publication> first = missed.subList(0, fitting);
                room -= first.isEmpty() ? 0 : SPARE + size(first);
                subs.put(channel, with(one.result().get(), first));
                missed.subList(fitting, missed.size())
                        .forEach(publication -> rest.add(FrameWriter.push(channel, new Push.Pub(publication))));
            }
        }
        return new Told(with(bare, subs), rest);
    }

    private static int size(List<Publication> publications) {
        return publications.stream()
                .mapToInt(publication -> Framing.utf8Length(FrameWriter.publication(publication)) + 1)
                .sum();
    }

    private static Result.Connect with(Result.Connect bare, Map<String, Result.Subscribe> subs) {
        return new Result.Connect(
                bare.client(),
                bare.version(),
                bare.expires(),
                bare.ttl(),
                bare.data(),
                bare.ping(),
                bare.session(),
                bare.node(),
                subs);
    }

    private static Result.Subscribe with(Result.Subscribe result, List<Publication> publications) {
        return new Result.Subscribe(
                result.expires(),
                result.ttl(),
                result.recoverable(),
                result.epoch(),
                publications,
                result.recovered(),
                result.offset(),
                result.positioned(),
                result.data(),
                result.wasRecovering());
    }
}
