package io.carillon.api;

import io.carillon.config.ResolvedChannel;
import io.carillon.connection.Connection;
import io.carillon.connection.Connections;
import io.carillon.delivery.SubscriptionSize;
import io.carillon.events.ApiError;
import io.carillon.events.ApiRequest;
import io.carillon.events.ApiResult;
import io.carillon.events.Disconnect;
import io.carillon.events.RawJson;
import io.carillon.events.Request.Recover;
import io.carillon.events.Unsubscribe;
import io.carillon.session.Endings;
import io.carillon.session.Subscriptions;
import io.carillon.session.Subscriptions.Outcome;
import io.carillon.session.Subscriptions.Wish;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Carries out what a backend asks about a user's connections. A request that names a client or a session concerns only
 * that connection; a connection that was opened within the last second may be missed.
 *
 * <p>Safe for use by several threads.
 */
public final class UserApi {

    private final Connections connections;
    private final Subscriptions subscriptions;
    private final Endings endings;
    private final InstantSource clock;

    public UserApi(Connections connections, Subscriptions subscriptions, Endings endings, InstantSource clock) {
        this.connections = connections;
        this.subscriptions = subscriptions;
        this.endings = endings;
        this.clock = clock;
    }

    ApiResult subscribe(ApiRequest.Subscribe request, ResolvedChannel channel) {
        if (request.expireAt() > 0 && request.expireAt() <= clock.millis() / 1000) {
            throw new RefusedRequest(ApiError.badRequest("expire_at lies in the past"));
        }
        boolean recover = request.recoverSince().isPresent();
        Wish wish = new Wish(
                request.channel(),
                0,
                request.channelInfo(),
                request.payload(),
                Subscriptions.settle(channel.options(), request.override(), request.expireAt()),
                new Recover(
                        recover,
                        request.recoverSince().offset(),
                        request.recoverSince().epoch()));
        List<Connection> meant = of(request.user(), request.client(), request.session());
        for (Connection connection : meant) {
            if (!SubscriptionSize.fits(connection.clientInfo(wish.chanInfo()), wish.data())) {
                throw new RefusedRequest(ApiError.limitExceeded("data or info is larger than the 128 KB of a message"));
            }
        }
        for (Connection connection : meant) {
            if (subscriptions.subscribe(connection, wish) == Outcome.LIMIT) {
                // The client did not ask, so an error has no command to answer.
                endings.end(connection.id(), Disconnect.CHANNEL_LIMIT);
            }
        }
        return new ApiResult.Subscribe();
    }

    ApiResult unsubscribe(ApiRequest.Unsubscribe request, ResolvedChannel channel) {
        for (Connection connection : of(request.user(), request.client(), request.session())) {
            subscriptions.unsubscribe(connection.id(), channel.name(), 0, Optional.of(Unsubscribe.SERVER));
        }
        return new ApiResult.Unsubscribe();
    }

    ApiResult disconnect(ApiRequest.Disconnect request) {
        for (Connection connection : of(request.user(), request.client(), request.session())) {
            if (!request.whitelist().contains(connection.client())) {
                endings.end(connection.id(), request.disconnect());
            }
        }
        return new ApiResult.Disconnect();
    }

    ApiResult refresh(ApiRequest.Refresh request) {
        for (Connection connection : of(request.user(), request.client(), request.session())) {
            boolean over = request.expireAt() > 0 && request.expireAt() <= clock.millis() / 1000;
            if (request.expired() || over) {
                endings.end(connection.id(), Disconnect.EXPIRED);
            } else {
                Optional<RawJson> info = Optional.of(request.info()).filter(RawJson::isPresent);
                if (connections.refresh(connection.id(), request.expireAt(), info) && request.expireAt() > 0) {
                    connections.expireBy(connection.id(), request.expireAt());
                }
            }
        }
        return new ApiResult.Refresh();
    }

    private List<Connection> of(String user, String client, String session) {
        if (user.isEmpty()) {
            throw new RefusedRequest(ApiError.badRequest("user is required"));
        }
        return connections.ofUser(user).stream()
                .filter(connection -> client.isEmpty() || connection.client().equals(client))
                .filter(connection -> session.isEmpty() || connection.session().equals(session))
                .toList();
    }
}
