package io.carillon.delivery;

import io.carillon.channel.Recovery;
import io.carillon.channel.Recovery.Missed;
import io.carillon.config.ChannelOptions;
import io.carillon.events.Disconnect;
import io.carillon.events.FrameWriter;
import io.carillon.events.Framing;
import io.carillon.events.Mail;
import io.carillon.events.Position;
import io.carillon.events.ProtocolError;
import io.carillon.events.Publication;
import io.carillon.events.Push;
import io.carillon.events.Result;
import io.carillon.events.SubscribeOptions;
import io.carillon.metrics.Metrics;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Words the answer to a subscriber: the reply to its command, or the push of a subscription that the server made, and
 * what it missed. What does not fit the first message follows as pushes, in order.
 */
final class SubscribeReply {

    private static final Logger LOG = LoggerFactory.getLogger(SubscribeReply.class);

    private final Recovery recovery;
    private final String channel;
    private final ChannelOptions options;
    private final InstantSource clock;
    private final Metrics metrics;

    SubscribeReply(Recovery recovery, String channel, ChannelOptions options, InstantSource clock, Metrics metrics) {
        this.recovery = recovery;
        this.channel = channel;
        this.options = options;
        this.clock = clock;
        this.metrics = metrics;
    }

    /** The lines to send, and whether they say that the client is not subscribed. */
    record Answer(boolean refused, List<String> lines) {}

    private Answer refused(Mail.Subscribe mail, ProtocolError error) {
        if (mail.command() != 0) {
            metrics.code(error.code());
            return new Answer(true, List.of(FrameWriter.error(mail.command(), error)));
        }
        // The server asked, so an error has no command to answer; but the client may count on what it does not have.
        metrics.code(Disconnect.INSUFFICIENT_STATE.code());
        LOG.atError()
                .addKeyValue("connection", mail.connection())
                .addKeyValue("channel", mail.channel())
                .log("Server-side subscription refused: {}", error.message());
        return new Answer(true, List.of(FrameWriter.disconnect(Disconnect.INSUFFICIENT_STATE)));
    }

    /** Answers a subscriber whose mailbox has been delivered up to {@code top}. */
    Answer to(Mail.Subscribe mail, Position top) {
        if (!SubscriptionSize.fits(mail.info(), mail.data())) {
            return refused(mail, ProtocolError.LIMIT_EXCEEDED);
        }
        boolean recovering = mail.recover().recover() && mail.options().recoverable();
        Missed missed =
                recovering ? recovery.since(channel, options, mail.recover(), top) : new Missed(false, List.of());
        if (recovering && !missed.recovered() && mail.options().rejectUnrecovered()) {
            return refused(mail, ProtocolError.UNRECOVERABLE_POSITION);
        }
        long offset = missed.recovered() ? mail.recover().offset() : top.offset();
        boolean positioned = mail.options().positioned() || mail.options().recoverable();
        Position told = positioned ? new Position(offset, top.epoch()) : Position.NONE;
        List<String> lines = new ArrayList<>();
        List<Publication> rest = missed.publications();
        if (mail.command() == 0) {
            lines.add(FrameWriter.push(
                    channel,
                    new Push.Subscribed(
                            mail.options().recoverable(), told.epoch(), told.offset(), positioned, mail.data())));
        } else {
            int first = Framing.fitting(
                    rest,
                    Framing.MAX_MESSAGE
                            - SubscriptionSize.ENVELOPE
                            - Framing.utf8Length(mail.data().text()));
            lines.add(FrameWriter.reply(mail.command(), result(mail, missed, told, rest.subList(0, first))));
            rest = rest.subList(first, rest.size());
        }
        rest.forEach(publication -> lines.add(FrameWriter.push(channel, new Push.Pub(publication))));
        return new Answer(false, lines);
    }

    private Result.Subscribe result(Mail.Subscribe mail, Missed missed, Position told, List<Publication> first) {
        SubscribeOptions settled = mail.options();
        boolean expires = settled.expireAt() > 0
                && settled.clientRefresh()
                && !options.proxy().subRefreshProxyEnabled();
        long ttl = expires ? Math.max(1, settled.expireAt() - clock.millis() / 1000) : 0;
        return new Result.Subscribe(
                expires,
                ttl,
                settled.recoverable(),
                told.epoch(),
                first,
                missed.recovered(),
                told.offset(),
                settled.positioned() || settled.recoverable(),
                mail.data(),
                mail.recover().recover());
    }
}
