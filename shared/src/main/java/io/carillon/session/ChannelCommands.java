package io.carillon.session;

import io.carillon.channel.Draft;
import io.carillon.channel.History;
import io.carillon.channel.Published;
import io.carillon.channel.Publisher;
import io.carillon.channel.Refused;
import io.carillon.config.ProxyConfig;
import io.carillon.config.ResolvedChannel;
import io.carillon.connection.Connection;
import io.carillon.connection.Entry;
import io.carillon.delivery.Subscribers;
import io.carillon.events.ClientInfo;
import io.carillon.events.CommandReader;
import io.carillon.events.Disconnect;
import io.carillon.events.FrameWriter;
import io.carillon.events.Framing;
import io.carillon.events.ProtocolError;
import io.carillon.events.ProxyRequest;
import io.carillon.events.ProxyResult;
import io.carillon.events.RawJson;
import io.carillon.events.Request;
import io.carillon.events.Result;
import io.carillon.presence.Presence;
import io.carillon.push.MobilePush;
import io.carillon.push.PublishedPush;
import io.carillon.push.PushRefused;
import java.util.List;
import java.util.Optional;

/** Carries out what a client may ask of a channel beside subscribing: publish, history and presence. */
final class ChannelCommands {

    private final Rights rights;
    private final Consultation consultation;
    private final Publisher publisher;
    private final Optional<PublishedPush> pushes;
    private final History history;
    private final Presence presence;
    private final Subscribers subscribers;
    private final int historyLimit;

    ChannelCommands(
            Rights rights,
            Consultation consultation,
            Publisher publisher,
            Optional<PublishedPush> pushes,
            History history,
            Presence presence,
            Subscribers subscribers,
            int historyLimit) {
        this.rights = rights;
        this.consultation = consultation;
        this.publisher = publisher;
        this.pushes = pushes;
        this.history = history;
        this.presence = presence;
        this.subscribers = subscribers;
        this.historyLimit = historyLimit;
    }

    Result.Publish publish(Connection who, Request.Publish request) {
        ResolvedChannel channel = resolve(request.channel());
        if (request.type() != 0) {
            throw new Refused(ProtocolError.NOT_AVAILABLE);
        }
        if (!channel.options().publicationDataFormat().accepts(request.data())) {
            throw new Refused(ProtocolError.BAD_REQUEST);
        }
        Optional<ProxyConfig> proxy = consultation.proxied().publish(channel.options());
        if (proxy.isEmpty() && !rights.mayPublish(who, channel)) {
            throw new Refused(ProtocolError.PERMISSION_DENIED);
        }
        ProxyResult.Publish settled =
                proxy.map(backend -> ask(backend, who, request, channel)).orElse(ProxyResult.Publish.AS_SENT);
        ClientInfo info = who.clientInfo(chanInfo(who, request.channel()));
        Draft draft = new Draft(
                settled.data().or(request.data()),
                info,
                settled.tags(),
                settled.idempotencyKey(),
                settled.skipHistory());
        Published published = publisher.publish(request.channel(), channel.options(), draft);
        if (settled.push().isPresent()) {
            pushes.orElseThrow(ChannelCommands::withoutPush)
                    .send(
                            request.channel(),
                            channel.options(),
                            settled.push(),
                            published,
                            draft.data(),
                            settled.idempotencyKey());
        }
        return new Result.Publish();
    }

    private ProxyResult.Publish ask(
            ProxyConfig backend, Connection who, Request.Publish request, ResolvedChannel channel) {
        ProxyRequest asked = ProxyRequest.Publish.of(
                who.client(), who.user(), request.channel(), request.data(), Consultation.meta(backend, who));
        ProxyResult.Publish settled =
                consultation.ask(backend, asked, ProxyResult.Publish.class).orElse(ProxyResult.Publish.AS_SENT);
        if (settled.push().isPresent()) {
            try {
                pushes.orElseThrow(ChannelCommands::withoutPush).check(channel.options(), settled.push());
            } catch (PushRefused e) {
                throw Consultation.failed(backend, asked, e.getMessage());
            }
        }
        return settled;
    }

    private static PushRefused withoutPush() {
        return new PushRefused(MobilePush.MISSING);
    }

    /** What the subscription says of the publisher, if it is subscribed; its row is read only if there is something. */
    private RawJson chanInfo(Connection who, String channel) {
        return who.subscription(channel)
                .filter(entry -> entry.hasInfo() && entry.state() != Entry.State.LEFT)
                .flatMap(entry -> subscribers.find(channel, entry.shard(), who.id()))
                .map(subscriber -> subscriber.info().chanInfo())
                .orElse(RawJson.NONE);
    }

    Result.History history(Connection who, Request.History request) {
        ResolvedChannel channel = resolve(request.channel());
        if (!channel.options().hasHistory()) {
            throw new Refused(ProtocolError.NOT_AVAILABLE);
        }
        if (!rights.maySeeHistory(who, channel)) {
            throw new Refused(ProtocolError.PERMISSION_DENIED);
        }
        int limit = request.limit() < 0 ? historyLimit : Math.min(request.limit(), historyLimit);
        History.Page page =
                history.read(request.channel(), channel.options(), request.since(), limit, request.reverse());
        return fitting(page);
    }

    /** Leaves what does not fit one message for the next call, which goes on from the last offset. */
    private static Result.History fitting(History.Page page) {
        Result.History empty =
                new Result.History(List.of(), page.top().epoch(), page.top().offset());
        String envelope = FrameWriter.reply(CommandReader.MAX_ID, empty);
        int fitting = Framing.fitting(page.publications(), Framing.MAX_MESSAGE - Framing.utf8Length(envelope));
        if (fitting == 0 && !page.publications().isEmpty()) {
            // An empty page would say that there is nothing more.
            throw new Refused(ProtocolError.LIMIT_EXCEEDED);
        }
        return new Result.History(page.publications().subList(0, fitting), empty.epoch(), empty.offset());
    }

    Result.Presence presence(Connection who, Request.Presence request) {
        requirePresence(who, resolve(request.channel()));
        return new Result.Presence(presence.of(request.channel()));
    }

    Result.PresenceStats presenceStats(Connection who, Request.PresenceStats request) {
        requirePresence(who, resolve(request.channel()));
        Presence.Stats stats = presence.stats(request.channel());
        return new Result.PresenceStats(stats.clients(), stats.users());
    }

    private void requirePresence(Connection who, ResolvedChannel channel) {
        if (!channel.options().presence()) {
            throw new Refused(ProtocolError.NOT_AVAILABLE);
        }
        if (!rights.maySeePresence(who, channel)) {
            throw new Refused(ProtocolError.PERMISSION_DENIED);
        }
    }

    private ResolvedChannel resolve(String channel) {
        if (channel.isEmpty()) {
            throw new Ended(Disconnect.BAD_REQUEST);
        }
        return rights.resolve(channel);
    }
}
