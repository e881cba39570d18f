package io.carillon.session;

import io.carillon.channel.Refused;
import io.carillon.config.ProxyConfig;
import io.carillon.config.RpcOptions;
import io.carillon.connection.Connection;
import io.carillon.connection.Connections;
import io.carillon.connection.Entry;
import io.carillon.connection.TokenStamp;
import io.carillon.events.Command;
import io.carillon.events.Disconnect;
import io.carillon.events.ProtocolError;
import io.carillon.events.ProxyRequest;
import io.carillon.events.ProxyResult;
import io.carillon.events.RawJson;
import io.carillon.events.Request;
import io.carillon.events.Result;
import io.carillon.session.SubscribeRun.Refusal;
import io.carillon.token.ConnectionClaims;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Carries out the commands of an established connection. */
final class Commands {

    private final Rights rights;
    private final Consultation consultation;
    private final Connections connections;
    private final Subscriptions subscriptions;
    private final SubscribeCommand subscribe;
    private final ConnectCommand connect;
    private final ChannelCommands channels;
    private final Map<String, RpcMethod> methods;
    private final InstantSource clock;

    Commands(
            Rights rights,
            Consultation consultation,
            Connections connections,
            Subscriptions subscriptions,
            SubscribeCommand subscribe,
            ConnectCommand connect,
            ChannelCommands channels,
            Map<String, RpcMethod> methods,
            InstantSource clock) {
        this.rights = rights;
        this.consultation = consultation;
        this.connections = connections;
        this.subscriptions = subscriptions;
        this.subscribe = subscribe;
        this.connect = connect;
        this.channels = channels;
        this.methods = methods;
        this.clock = clock;
    }

    /**
     * Carries out consecutive subscribe commands. Other answers than errors come from the channels' mailboxes.
     *
     * @param patience what the frame has left of it
     */
    List<Refusal> subscribe(Connection who, List<Command> commands, Patience patience) {
        return subscribe.carryOut(who, commands, patience);
    }

    /**
     * Carries out one command that is no subscribe command.
     *
     * @return the result; empty if none is wanted
     */
    Optional<Result> carryOut(Connection who, Command command) {
        return switch (command.request()) {
            case Request.Subscribe request -> throw new IllegalArgumentException("Subscribe commands come in runs");
            case Request.Unsubscribe request -> Optional.of(unsubscribe(who, command.id(), request));
            case Request.Publish request -> Optional.of(channels.publish(who, request));
            case Request.Presence request -> Optional.of(channels.presence(who, request));
            case Request.PresenceStats request -> Optional.of(channels.presenceStats(who, request));
            case Request.History request -> Optional.of(channels.history(who, request));
            case Request.Rpc request -> Optional.of(rpc(who, request));
            case Request.Refresh request -> Optional.of(refresh(who, request));
            case Request.SubRefresh request -> Optional.of(subRefresh(who, request));
            case Request.Connect request -> throw new Ended(Disconnect.BAD_REQUEST);
            case Request.Send request -> throw new Ended(Disconnect.NOT_AVAILABLE);
            case Request.Unknown request -> throw new Ended(Disconnect.BAD_REQUEST);
            case Request.Pong request -> Optional.empty();
        };
    }

    private Result unsubscribe(Connection who, long command, Request.Unsubscribe request) {
        if (request.channel().isEmpty()) {
            throw new Ended(Disconnect.BAD_REQUEST);
        }
        // A name that no channel can have was never subscribed to, and must not fill the row.
        if (rights.isChannel(request.channel())) {
            subscriptions.unsubscribe(who.id(), request.channel(), command, Optional.empty());
        }
        return new Result.Unsubscribe();
    }

    private Result rpc(Connection who, Request.Rpc request) {
        RpcMethod method = methods.get(request.method());
        if (method == null && consultation.proxied().hasRpc()) {
            return proxied(who, request);
        }
        if (method == null) {
            // As in Centrifugo, an application without any methods has no rpc at all.
            throw new Refused(methods.isEmpty() ? ProtocolError.NOT_AVAILABLE : ProtocolError.METHOD_NOT_FOUND);
        }
        return new Result.Rpc(method.call(who, request.data()));
    }

    private Result proxied(Connection who, Request.Rpc request) {
        RpcOptions options = consultation
                .proxied()
                .rpcOptions(request.method())
                .orElseThrow(() -> new Refused(ProtocolError.METHOD_NOT_FOUND));
        ProxyConfig proxy =
                consultation.proxied().rpc(options).orElseThrow(() -> new Refused(ProtocolError.NOT_AVAILABLE));
        ProxyRequest asked = ProxyRequest.Rpc.of(
                who.client(), who.user(), request.method(), request.data(), Consultation.meta(proxy, who));
        RawJson data = consultation
                .ask(proxy, asked, ProxyResult.Rpc.class)
                .map(ProxyResult.Rpc::data)
                .orElse(RawJson.NONE);
        return new Result.Rpc(data);
    }

    private Result refresh(Connection who, Request.Refresh request) {
        // Where a backend is asked, the server does so by itself.
        if (request.token().isEmpty() || consultation.proxied().refresh().isPresent()) {
            throw new Ended(Disconnect.BAD_REQUEST);
        }
        ConnectionClaims claims = connect.refreshed(who, request.token());
        long ttl = remaining(claims.expireAt());
        Set<String> granted = claims.subscriptions().keySet();
        if (!who.isSubscribedTo(granted) || !granted.containsAll(who.grantedByToken())) {
            // The client comes back with this token, and gets the channels that it now grants, and no others.
            throw new Ended(Disconnect.INSUFFICIENT_STATE);
        }
        Optional<RawJson> info = Optional.of(claims.info()).filter(RawJson::isPresent);
        Optional<TokenStamp> stamp = Optional.of(ConnectCommand.stamp(claims));
        if (connections.refresh(who.id(), claims.expireAt(), info, stamp) && claims.expireAt() > 0) {
            connections.expireBy(who.id(), claims.expireAt());
        }
        return new Result.Refresh(who.client(), ConnectCommand.VERSION, claims.expireAt() > 0, ttl);
    }

    private Result subRefresh(Connection who, Request.SubRefresh request) {
        if (request.channel().isEmpty()) {
            throw new Ended(Disconnect.BAD_REQUEST);
        }
        Entry entry = who.subscription(request.channel())
                .filter(found -> found.state() != Entry.State.LEFT)
                .orElseThrow(() -> new Refused(ProtocolError.PERMISSION_DENIED));
        if (entry.serverSide() || isRefreshedByServer(request.channel())) {
            throw new Ended(Disconnect.BAD_REQUEST);
        }
        if (request.token().isEmpty()) {
            throw new Refused(ProtocolError.BAD_REQUEST);
        }
        long expireAt = subscribe.refreshed(who, request.channel(), request.token());
        long ttl = remaining(expireAt);
        if (!subscriptions.refresh(who.id(), request.channel(), expireAt)) {
            throw new Refused(ProtocolError.PERMISSION_DENIED);
        }
        return new Result.SubRefresh(expireAt > 0, ttl);
    }

    private boolean isRefreshedByServer(String channel) {
        return consultation
                .proxied()
                .subRefresh(rights.resolve(channel).options())
                .isPresent();
    }

    private long remaining(long expireAt) {
        long ttl = expireAt == 0 ? 0 : expireAt - clock.millis() / 1000;
        if (expireAt > 0 && ttl <= 0) {
            throw new Refused(ProtocolError.EXPIRED);
        }
        return ttl;
    }
}
