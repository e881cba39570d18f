package io.carillon.session;

import io.carillon.channel.Refused;
import io.carillon.config.ChannelOptions;
import io.carillon.config.ResolvedChannel;
import io.carillon.connection.Connection;
import io.carillon.events.Command;
import io.carillon.events.Disconnect;
import io.carillon.events.ProtocolError;
import io.carillon.events.ProxyResult.Subscription;
import io.carillon.events.Request;
import io.carillon.events.Request.Recover;
import io.carillon.events.SubscribeOptions;
import io.carillon.session.Invitations.Ahead;
import io.carillon.session.SubscribeRun.Refusal;
import io.carillon.session.Subscriptions.Wish;
import io.carillon.token.ExpiredToken;
import io.carillon.token.InvalidToken;
import io.carillon.token.SubscriptionClaims;
import io.carillon.token.SubscriptionGrant;
import io.carillon.token.TokenVerifier;
import io.carillon.token.UnverifiableToken;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out subscribe commands: settles whether and how, and leaves the answer to the channel's mailbox. */
final class SubscribeCommand {

    private static final Logger LOG = LoggerFactory.getLogger(SubscribeCommand.class);

    private final Sessions sessions;
    private final Rights rights;
    private final Invitations invitations;
    private final TokenVerifier tokens;
    private final Subscriptions subscriptions;
    private final InstantSource clock;

    SubscribeCommand(
            Sessions sessions,
            Rights rights,
            Invitations invitations,
            TokenVerifier tokens,
            Subscriptions subscriptions,
            InstantSource clock) {
        this.sessions = sessions;
        this.rights = rights;
        this.invitations = invitations;
        this.tokens = tokens;
        this.subscriptions = subscriptions;
        this.clock = clock;
    }

    /** What lets the client in, and when that ends. */
    private record Admission(SubscriptionGrant grant, long expireAt, boolean ofBackend) {

        static final Admission WITHOUT_TOKEN = new Admission(SubscriptionGrant.PLAIN, 0, false);
    }

    /** Carries out consecutive commands of one frame in one go, and gives the errors to answer with. */
    List<Refusal> carryOut(Connection who, List<Command> commands, Patience patience) {
        Ahead ahead = invitations.ahead(
                who,
                commands,
                command -> subscriptions
                        .refusal(who, ((Request.Subscribe) command.request()).channel(), command.id())
                        .isEmpty());
        SubscribeRun run = new SubscribeRun(this, sessions, subscriptions, patience, who, ahead);
        return run.carryOut(commands);
    }

    /**
     * Settles whether and how a client may subscribe.
     *
     * @throws Refused if it may not
     */
    Wish wish(Connection who, long command, Request.Subscribe request, Ahead ahead) {
        ResolvedChannel channel = rights.resolve(request.channel());
        if (request.type() != 0) {
            throw new Refused(ProtocolError.PERMISSION_DENIED);
        }
        Admission admission = request.token().isEmpty()
                ? withoutToken(who, channel, command, request, ahead)
                : withToken(who, request.channel(), request.token());
        if (admission.expireAt() > 0 && admission.expireAt() <= clock.millis() / 1000) {
            throw new Refused(ProtocolError.EXPIRED);
        }
        return new Wish(
                request.channel(),
                command,
                admission.grant().info(),
                admission.grant().data(),
                options(who, channel, request, admission),
                new Recover(request.recover(), request.offset(), request.epoch()));
    }

    private Admission withoutToken(
            Connection who, ResolvedChannel channel, long command, Request.Subscribe request, Ahead ahead) {
        if (invitations.backend(channel).isPresent()) {
            Subscription invited = invitations.of(who, channel, command, request, ahead);
            return new Admission(Introduction.grant(invited), invited.expireAt(), true);
        }
        if (!rights.maySubscribe(who, channel)) {
            throw new Refused(ProtocolError.PERMISSION_DENIED);
        }
        return Admission.WITHOUT_TOKEN;
    }

    private Admission withToken(Connection who, String channel, String token) {
        SubscriptionClaims claims = verified(token, new Refused(ProtocolError.PERMISSION_DENIED));
        requireMadeFor(who, channel, claims);
        return new Admission(claims.grant(), claims.expireAt(), false);
    }

    private SubscriptionClaims verified(String token, RuntimeException invalid) {
        return switch (tokens.subscription(token)) {
            case SubscriptionClaims claims -> claims;
            case ExpiredToken expired -> throw new Refused(ProtocolError.TOKEN_EXPIRED);
            case UnverifiableToken unverifiable -> throw new Refused(ProtocolError.INTERNAL);
            case InvalidToken(String reason) -> {
                LOG.info("Subscription token refused: {}", reason);
                throw invalid;
            }
        };
    }

    private static void requireMadeFor(Connection who, String channel, SubscriptionClaims claims) {
        boolean fits = claims.channel().equals(channel)
                && claims.user().equals(who.user())
                && (claims.client().isEmpty() || claims.client().equals(who.client()));
        if (!fits) {
            throw new Ended(Disconnect.INVALID_TOKEN);
        }
    }

    /** What a backend settles, the client has no more to say about, as in Centrifugo. */
    private SubscribeOptions options(
            Connection who, ResolvedChannel channel, Request.Subscribe request, Admission admission) {
        SubscribeOptions settled =
                Subscriptions.settle(channel.options(), admission.grant().override(), admission.expireAt());
        boolean asks = !admission.ofBackend();
        boolean history = rights.maySeeHistory(who, channel, true);
        boolean presence = rights.maySeePresence(who, channel, true);
        ChannelOptions options = channel.options();
        return new SubscribeOptions(
                settled.positioned() || asks && request.positioned() && (options.allowPositioning() || history),
                settled.recoverable() || asks && request.recoverable() && (options.allowRecovery() || history),
                settled.presence(),
                settled.emitJoinLeave(),
                settled.pushJoinLeave() || asks && request.joinLeave() && options.joinLeave() && presence,
                (request.flag() & Request.Subscribe.REJECT_UNRECOVERED) != 0,
                settled.expireAt(),
                true);
    }

    /**
     * Checks the token of a sub_refresh command.
     *
     * @return the new expiry in seconds since 1970; 0 for never
     */
    long refreshed(Connection who, String channel, String token) {
        SubscriptionClaims claims = verified(token, new Ended(Disconnect.INVALID_TOKEN));
        requireMadeFor(who, channel, claims);
        return claims.expireAt();
    }
}
