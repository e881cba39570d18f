package io.carillon.api;

import io.carillon.channel.ChannelLog;
import io.carillon.channel.Draft;
import io.carillon.channel.History;
import io.carillon.channel.Published;
import io.carillon.channel.Publisher;
import io.carillon.channel.Refused;
import io.carillon.config.ChannelOptions;
import io.carillon.config.Channels;
import io.carillon.config.RefusedChannel;
import io.carillon.config.ResolvedChannel;
import io.carillon.events.ApiError;
import io.carillon.events.ApiReply;
import io.carillon.events.ApiRequest;
import io.carillon.events.ApiResult;
import io.carillon.events.ClientInfo;
import io.carillon.events.Framing;
import io.carillon.events.MalformedJson;
import io.carillon.events.ProtocolError;
import io.carillon.events.PushRequest;
import io.carillon.events.RawJson;
import io.carillon.metrics.Metrics;
import io.carillon.parallel.Parallel;
import io.carillon.presence.Presence;
import io.carillon.push.MobilePush;
import io.carillon.push.PushRefused;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers a backend's requests, with the names and shapes of Centrifugo's server HTTP API. Each request fails by
 * itself, also within a batch or a broadcast.
 *
 * <p>Safe for use by several threads.
 */
public final class ServerApi {

    private static final Logger LOG = LoggerFactory.getLogger(ServerApi.class);

    /** What one answer holds of history, in bytes; the next call goes on from the last offset. */
    private static final int HISTORY_PAGE = 2_500_000;

    private final Channels channels;
    private final Publisher publisher;
    private final ChannelLog log;
    private final History history;
    private final Presence presence;
    private final UserApi users;
    private final AccessApi access;
    private final Census census;
    private final Metrics metrics;
    private final Optional<MobilePush> push;

    public ServerApi(
            Channels channels,
            Publisher publisher,
            ChannelLog log,
            History history,
            Presence presence,
            UserApi users,
            AccessApi access,
            Census census,
            Metrics metrics,
            Optional<MobilePush> push) {
        this.channels = channels;
        this.publisher = publisher;
        this.log = log;
        this.history = history;
        this.presence = presence;
        this.users = users;
        this.access = access;
        this.census = census;
        this.metrics = metrics;
        this.push = push;
    }

    /** Carries out one request. Never throws for what a caller can send. */
    public ApiReply handle(ApiRequest request) {
        ApiReply reply = answer(request);
        if (reply instanceof ApiReply.Refused(ApiError error)) {
            metrics.code(error.code());
        }
        return reply;
    }

    private ApiReply answer(ApiRequest request) {
        try {
            return ApiReply.of(carryOut(request));
        } catch (Refused e) {
            return ApiReply.of(ApiError.of(e.error()));
        } catch (MalformedJson e) {
            return ApiReply.of(ApiError.badRequest(e.getMessage()));
        } catch (RefusedRequest e) {
            return ApiReply.of(e.error());
        } catch (PushRefused e) {
            return ApiReply.of(e.error());
        } catch (RuntimeException e) {
            LOG.error("Server API request {} failed", request.getClass().getSimpleName(), e);
            return ApiReply.of(ApiError.INTERNAL);
        }
    }

    private ApiResult carryOut(ApiRequest request) {
        return switch (request) {
            case ApiRequest.Publish publish -> publish(publish);
            case ApiRequest.Broadcast broadcast -> broadcast(broadcast);
            case ApiRequest.Subscribe subscribe -> users.subscribe(subscribe, resolve(subscribe.channel()));
            case ApiRequest.Unsubscribe unsubscribe -> users.unsubscribe(unsubscribe, resolve(unsubscribe.channel()));
            case ApiRequest.Disconnect disconnect -> users.disconnect(disconnect);
            case ApiRequest.Refresh refresh -> users.refresh(refresh);
            case ApiRequest.BlockUser block -> access.block(block);
            case ApiRequest.UnblockUser unblock -> access.unblock(unblock);
            case ApiRequest.RevokeToken revoke -> access.revoke(revoke);
            case ApiRequest.InvalidateUserTokens invalidate -> access.invalidate(invalidate);
            case ApiRequest.Presence asked -> presence(asked);
            case ApiRequest.PresenceStats asked -> presenceStats(asked);
            case ApiRequest.History asked -> history(asked);
            case ApiRequest.HistoryRemove asked -> historyRemove(asked);
            case ApiRequest.Channels asked -> census.channels(asked.pattern());
            case ApiRequest.Info asked -> census.info();
            case PushRequest.MemberUpdate update -> members(update);
            case PushRequest push -> push().api().answer(push);
            case ApiRequest.Batch batch -> batch(batch);
            case ApiRequest.Unknown unknown -> throw new RefusedRequest(ApiError.NOT_FOUND);
            case ApiRequest.Invalid invalid -> throw new RefusedRequest(ApiError.badRequest(invalid.reason()));
        };
    }

    private ApiResult publish(ApiRequest.Publish request) {
        ResolvedChannel channel = resolve(request.channel());
        RawJson data = request.payload();
        if (!channel.options().publicationDataFormat().accepts(data)) {
            throw new Refused(ProtocolError.BAD_REQUEST);
        }
        if (request.push().isPresent()) {
            push().published().check(channel.options(), request.push());
        }
        Draft draft = new Draft(data, ClientInfo.NONE, request.tags(), request.idempotencyKey(), request.skipHistory());
        Published published = publisher.publish(request.channel(), channel.options(), draft);
        String uid = request.push().isPresent()
                ? push().published()
                        .send(
                                request.channel(),
                                channel.options(),
                                request.push(),
                                published,
                                draft.data(),
                                request.idempotencyKey())
                : "";
        return new ApiResult.Publish(
                published.position().offset(), published.position().epoch(), uid);
    }

    /** Members can be removed where the namespace is gone, or no longer has push. */
    private ApiResult members(PushRequest.MemberUpdate update) {
        MobilePush mobile = push();
        if (update.op().equals("add")) {
            mobile.published().checkMembers(resolve(update.channel()).options());
        }
        return mobile.api().answer(update);
    }

    private MobilePush push() {
        return push.orElseThrow(() -> new RefusedRequest(MobilePush.MISSING));
    }

    private ApiResult broadcast(ApiRequest.Broadcast request) {
        if (request.channels().isEmpty()) {
            throw new RefusedRequest(ApiError.badRequest("channels must name at least one channel"));
        }
        return new ApiResult.Broadcast(Parallel.map(request.channels(), channel -> handle(request.to(channel))));
    }

    private ApiResult batch(ApiRequest.Batch request) {
        return new ApiResult.Batch(
                request.parallel()
                        ? Parallel.map(request.commands(), this::handle)
                        : request.commands().stream().map(this::handle).toList());
    }

    private ApiResult presence(ApiRequest.Presence request) {
        requirePresence(request.channel());
        return new ApiResult.Presence(presence.of(request.channel()));
    }

    private ApiResult presenceStats(ApiRequest.PresenceStats request) {
        requirePresence(request.channel());
        Presence.Stats stats = presence.stats(request.channel());
        return new ApiResult.PresenceStats(stats.clients(), stats.users());
    }

    private void requirePresence(String channel) {
        if (!resolve(channel).options().presence()) {
            throw new Refused(ProtocolError.NOT_AVAILABLE);
        }
    }

    private ApiResult history(ApiRequest.History request) {
        ChannelOptions options = requireHistory(request.channel());
        History.Page page =
                history.read(request.channel(), options, request.since(), request.limit(), request.reverse());
        int fitting = Framing.fitting(page.publications(), HISTORY_PAGE);
        return new ApiResult.History(
                page.publications().subList(0, fitting),
                page.top().epoch(),
                page.top().offset());
    }

    private ApiResult historyRemove(ApiRequest.HistoryRemove request) {
        requireHistory(request.channel());
        log.remove(request.channel());
        return new ApiResult.HistoryRemove();
    }

    private ChannelOptions requireHistory(String channel) {
        ChannelOptions options = resolve(channel).options();
        if (!options.hasHistory()) {
            throw new Refused(ProtocolError.NOT_AVAILABLE);
        }
        return options;
    }

    private ResolvedChannel resolve(String channel) {
        if (channel.isEmpty()) {
            throw new RefusedRequest(ApiError.badRequest("channel is required"));
        }
        return switch (channels.resolve(channel)) {
            case ResolvedChannel resolved -> resolved;
            case RefusedChannel(int code, String reason) ->
                throw new RefusedRequest(
                        code == RefusedChannel.UNKNOWN_CHANNEL
                                ? ApiError.UNKNOWN_CHANNEL
                                : ApiError.badRequest(reason));
        };
    }
}
