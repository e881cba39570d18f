package io.carillon.api;

import io.carillon.connection.Connection;
import io.carillon.connection.Connections;
import io.carillon.connection.Revocations;
import io.carillon.events.ApiError;
import io.carillon.events.ApiRequest;
import io.carillon.events.ApiResult;
import io.carillon.events.Disconnect;
import io.carillon.parallel.Parallel;
import io.carillon.session.Endings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Blocks users and revokes tokens: first for all connects and refreshes to come, then by ending the connections that
 * are open. Looks for those twice, the second time when also a connection that was just being let in can be found; the
 * caller waits for that.
 *
 * <p>Safe for use by several threads.
 *
 * @see <a href="https://centrifugal.dev/docs/pro/access_revoke">Centrifugo PRO: the same methods</a>
 */
public final class AccessApi {

    private final Connections connections;
    private final Revocations revocations;
    private final Endings endings;
    private final InstantSource clock;

    public AccessApi(Connections connections, Endings endings, InstantSource clock) {
        this.connections = connections;
        this.revocations = connections.revocations();
        this.endings = endings;
        this.clock = clock;
    }

    ApiResult block(ApiRequest.BlockUser request) {
        require("user", request.user());
        requireFuture(request.expireAt());
        revocations.block(request.user(), request.expireAt());
        endTwice(() -> connections.ofUser(request.user()), Disconnect.FORCE_DISCONNECT);
        return new ApiResult.BlockUser();
    }

    ApiResult unblock(ApiRequest.UnblockUser request) {
        require("user", request.user());
        revocations.unblock(request.user());
        return new ApiResult.UnblockUser();
    }

    ApiResult revoke(ApiRequest.RevokeToken request) {
        require("uid", request.uid());
        requireFuture(request.expireAt());
        revocations.revoke(request.uid(), request.expireAt());
        endTwice(() -> withToken(request.uid()), Disconnect.INVALID_TOKEN);
        return new ApiResult.RevokeToken();
    }

    ApiResult invalidate(ApiRequest.InvalidateUserTokens request) {
        require("user", request.user());
        requireFuture(request.expireAt());
        if (!request.channel().isEmpty()) {
            throw new RefusedRequest(ApiError.badRequest(
                    "Carillon cannot invalidate subscription tokens; leave channel out, and give them a short exp"));
        }
        long before = request.issuedBefore() > 0 ? request.issuedBefore() : clock.millis() / 1000;
        revocations.invalidate(request.user(), before, request.expireAt());
        endTwice(
                () -> connections.ofUser(request.user()).stream()
                        .filter(connection -> connection.token().issuedAt() < before)
                        .toList(),
                Disconnect.INVALID_TOKEN);
        return new ApiResult.InvalidateUserTokens();
    }

    private List<Connection> withToken(String id) {
        List<Connection> found = new ArrayList<>();
        connections.all(connection -> {
            if (connection.token().id().equals(id)) {
                found.add(connection);
            }
        });
        return found;
    }

    private void endTwice(Supplier<List<Connection>> found, Disconnect disconnect) {
        end(found.get(), disconnect);
        pause(revocations.lag());
        end(found.get(), disconnect);
    }

    private void end(List<Connection> found, Disconnect disconnect) {
        Parallel.map(found, connection -> {
            endings.end(connection.id(), disconnect);
            return connection.id();
        });
    }

    private static void pause(Duration wait) {
        try {
            Thread.sleep(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for a second look", e);
        }
    }

    private static void require(String field, String value) {
        if (value.isEmpty()) {
            throw new RefusedRequest(ApiError.badRequest(field + " is required"));
        }
    }

    private void requireFuture(long expireAt) {
        if (expireAt > 0 && expireAt <= clock.millis() / 1000) {
            throw new RefusedRequest(ApiError.badRequest("expire_at lies in the past"));
        }
    }
}
