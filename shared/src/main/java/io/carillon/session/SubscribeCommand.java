package io.carillon.session;

import io.carillon.channel.Refused;
import io.carillon.config.ChannelOptions;
import io.carillon.config.ResolvedChannel;
import io.carillon.connection.Connection;
import io.carillon.events.Disconnect;
import io.carillon.events.ProtocolError;
import io.carillon.events.Request;
import io.carillon.events.Request.Recover;
import io.carillon.events.SubscribeOptions;
import io.carillon.session.Subscriptions.Outcome;
import io.carillon.session.Subscriptions.Wish;
import io.carillon.token.ExpiredToken;
import io.carillon.token.InvalidToken;
import io.carillon.token.SubscriptionClaims;
import io.carillon.token.SubscriptionGrant;
import io.carillon.token.TokenVerifier;
import io.carillon.token.UnverifiableToken;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out subscribe commands: settles whether and how, and leaves the answer to the channel's mailbox. */
final class SubscribeCommand {

    private static final Logger LOG = LoggerFactory.getLogger(SubscribeCommand.class);

    /** A kind of subscription; Centrifugo refuses it in this way where it is not set up. */
    private static final int SHARED_POLL = 4;

    private final Sessions sessions;
    private final Rights rights;
    private final TokenVerifier tokens;
    private final Subscriptions subscriptions;
    private final InstantSource clock;

    SubscribeCommand(
            Sessions sessions, Rights rights, TokenVerifier tokens, Subscriptions subscriptions, InstantSource clock) {
        this.sessions = sessions;
        this.rights = rights;
        this.tokens = tokens;
        this.subscriptions = subscriptions;
        this.clock = clock;
    }

    /** What lets the client in, and when that ends. */
    private record Admission(SubscriptionGrant grant, long expireAt) {

        static final Admission WITHOUT_TOKEN = new Admission(SubscriptionGrant.PLAIN, 0);
    }

    void carryOut(Connection who, long command, Request.Subscribe request, Patience patience) {
        if (request.channel().isEmpty()) {
            throw new Ended(Disconnect.BAD_REQUEST);
        }
        if (request.type() == SHARED_POLL) {
            throw new Refused(ProtocolError.NOT_AVAILABLE);
        }
        // Before any right is looked at, and so before a stale token can end the connection.
        Connection row = afterRoomWasMade(who, request.channel(), command, patience);
        Optional<Outcome> refusal = subscriptions.refusal(row, request.channel(), command);
        if (refusal.isPresent()) {
            settle(refusal.get());
            return;
        }
        ResolvedChannel channel = rights.resolve(request.channel());
        if (request.type() != 0) {
            throw new Refused(ProtocolError.PERMISSION_DENIED);
        }
        Admission admission = request.token().isEmpty()
                ? withoutToken(who, channel)
                : withToken(who, request.channel(), request.token());
        if (admission.expireAt() > 0 && admission.expireAt() <= clock.millis() / 1000) {
            throw new Refused(ProtocolError.EXPIRED);
        }
        Wish wish = new Wish(
                request.channel(),
                command,
                admission.grant().info(),
                admission.grant().data(),
                options(who, channel, request, admission),
                new Recover(request.recover(), request.offset(), request.epoch()));
        settle(subscriptions.subscribe(row, wish));
    }

    /** Lets an unsubscribe command that is behind make room first. */
    private Connection afterRoomWasMade(Connection who, String channel, long command, Patience patience) {
        Optional<Outcome> full = Optional.of(Outcome.LIMIT);
        if (!subscriptions.refusal(who, channel, command).equals(full) || !patience.allows()) {
            return who;
        }
        Predicate<Connection> hasRoom =
                row -> !subscriptions.refusal(row, channel, command).equals(full);
        return sessions.await(who.id(), hasRoom).orElse(who);
    }

    private static void settle(Outcome outcome) {
        switch (outcome) {
            case STARTED, GONE -> {
                // The mailbox answers; or there is nobody left to answer.
            }
            case OVERTAKEN -> {
                // The client has asked for something else since. Its library takes any answer for one to its latest
                // try, if it is subscribing again, so none is the only one that does no harm.
            }
            case ALREADY -> throw new Refused(ProtocolError.ALREADY_SUBSCRIBED);
            case LIMIT -> throw new Refused(ProtocolError.LIMIT_EXCEEDED);
            default -> throw new IllegalStateException();
        }
    }

    private Admission withoutToken(Connection who, ResolvedChannel channel) {
        if (!rights.maySubscribe(who, channel)) {
            throw new Refused(ProtocolError.PERMISSION_DENIED);
        }
        return Admission.WITHOUT_TOKEN;
    }

    private Admission withToken(Connection who, String channel, String token) {
        SubscriptionClaims claims = verified(token, new Refused(ProtocolError.PERMISSION_DENIED));
        requireMadeFor(who, channel, claims);
        return new Admission(claims.grant(), claims.expireAt());
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

    private SubscribeOptions options(
            Connection who, ResolvedChannel channel, Request.Subscribe request, Admission admission) {
        SubscribeOptions settled =
                Subscriptions.settle(channel.options(), admission.grant().override(), admission.expireAt());
        boolean history = rights.maySeeHistory(who, channel, true);
        boolean presence = rights.maySeePresence(who, channel, true);
        ChannelOptions options = channel.options();
        return new SubscribeOptions(
                settled.positioned() || request.positioned() && (options.allowPositioning() || history),
                settled.recoverable() || request.recoverable() && (options.allowRecovery() || history),
                settled.presence(),
                settled.emitJoinLeave(),
                settled.pushJoinLeave() || request.joinLeave() && options.joinLeave() && presence,
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
