package io.carillon.session;

import io.carillon.Version;
import io.carillon.channel.Refused;
import io.carillon.config.ClientConfig;
import io.carillon.config.PersonalChannelConfig;
import io.carillon.connection.Connection;
import io.carillon.connection.Connections;
import io.carillon.connection.Revocations.Arrival;
import io.carillon.connection.Standing;
import io.carillon.connection.TokenStamp;
import io.carillon.events.CommandReader;
import io.carillon.events.Disconnect;
import io.carillon.events.FrameWriter;
import io.carillon.events.Framing;
import io.carillon.events.ProtocolError;
import io.carillon.events.RawJson;
import io.carillon.events.Request;
import io.carillon.events.Result;
import io.carillon.session.Introduction.Introduced;
import io.carillon.session.ServerSide.Answered;
import io.carillon.session.ServerSide.Granted;
import io.carillon.session.ServerSide.Told;
import io.carillon.session.Subscriptions.Entered;
import io.carillon.token.ConnectionClaims;
import io.carillon.token.ExpiredToken;
import io.carillon.token.InvalidToken;
import io.carillon.token.TokenVerifier;
import io.carillon.token.UnverifiableToken;
import io.carillon.topic.Announcements;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out connect commands: finds out who the connection belongs to, and enters what the server subscribes it to. */
final class ConnectCommand {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectCommand.class);

    /** A user id is a key of an index, and DynamoDB takes no longer one. */
    static final int LONGEST_USER = 2048;

    /** How long the mailboxes may take to learn of what the reply has said, in seconds: longer than a function runs. */
    private static final long SETTLED_AFTER = 30;

    static final String VERSION = "carillon " + Version.NUMBER;
    private static final String NODE = "carillon";

    private final ClientConfig config;
    private final Introduction introduction;
    private final Announcements announcements;
    private final Grants grants;
    private final TokenVerifier tokens;
    private final Connections connections;
    private final Endings endings;
    private final ServerSide serverSide;
    private final Subscriptions subscriptions;
    private final Duration ping;
    private final boolean notesUsers;
    private final InstantSource clock;

    /**
     * Prepares to carry out.
     *
     * @param notesUsers whether mobile push asks when a user last connected
     */
    ConnectCommand(
            ClientConfig config,
            Introduction introduction,
            Announcements announcements,
            Grants grants,
            TokenVerifier tokens,
            Connections connections,
            Endings endings,
            ServerSide serverSide,
            Subscriptions subscriptions,
            Duration ping,
            boolean notesUsers,
            InstantSource clock) {
        this.config = config;
        this.introduction = introduction;
        this.announcements = announcements;
        this.grants = grants;
        this.tokens = tokens;
        this.connections = connections;
        this.endings = endings;
        this.serverSide = serverSide;
        this.subscriptions = subscriptions;
        this.ping = ping;
        this.notesUsers = notesUsers;
        this.clock = clock;
    }

    /**
     * The connection as it now stands, the reply, the lines that follow it, and the server's subscriptions that are to
     * start once all that is out.
     */
    record Connected(Connection connection, Result.Connect reply, List<String> lines, List<Entered> entered) {}

    /**
     * Carries out a command.
     *
     * @throws Ended if the connection is to end; with {@link Disconnect#INSUFFICIENT_STATE} if its row is gone
     * @throws Refused if the command is answered with an error
     */
    Connected carryOut(String id, Request.Connect request) {
        String client = UUID.randomUUID().toString();
        Optional<Introduced> introduced =
                request.token().isEmpty() ? introduction.of(client, request) : Optional.empty();
        ConnectionClaims claims = introduced.map(Introduced::claims).orElseGet(() -> claims(id, request));
        Arrival arrival = connections.revocations().arrive(id, claims.user(), stamp(claims));
        Connection opened = arrival.connection().orElseThrow(() -> new Ended(Disconnect.INSUFFICIENT_STATE));
        if (opened.established()) {
            throw new Ended(Disconnect.BAD_REQUEST);
        }
        require(arrival.standing());
        long expireAt = config.insecure() ? 0 : claims.expireAt();
        long ttl = expireAt - clock.millis() / 1000;
        Connection connection = new Connection(
                opened.id(),
                true,
                client,
                claims.user(),
                claims.info(),
                claims.meta(),
                UUID.randomUUID().toString(),
                opened.connectedAt(),
                expireAt,
                expireAt,
                0,
                Map.of(),
                stamp(claims));
        // A backend that says who the client is says what it is subscribed to as well, whatever the client had before.
        List<Granted> granted = grants.of(connection, claims, request.subs(), introduced.isEmpty());
        makeRoom(claims.user());
        if (expireAt > 0 && ttl <= 0) {
            throw new Refused(ProtocolError.EXPIRED);
        }
        List<Answered> answered = serverSide.answer(granted);
        boolean refreshes = expireAt > 0 && !introduction.isRefreshedByServer();
        Result.Connect bare = new Result.Connect(
                connection.client(),
                VERSION,
                refreshes,
                refreshes ? ttl : 0,
                introduced.map(Introduced::data).orElse(RawJson.NONE),
                ping.toSeconds(),
                connection.session(),
                NODE,
                Map.of());
        Told told = ServerSide.tell(bare, answered);
        requireFits(connection, told.reply());
        List<Entered> entered = answered.stream()
                .map(one -> subscriptions.enterNew(connection, one.wish(), one.shards()))
                .toList();
        Connection promised = entered.isEmpty() ? connection : promised(connection, entered);
        if (!connections.establish(promised)) {
            throw new Ended(Disconnect.BAD_REQUEST);
        }
        if (notesUsers && !claims.user().isEmpty()) {
            connections.noteConnected(claims.user());
        }
        announcements.connected(promised);
        return new Connected(promised, told.reply(), told.rest(), entered);
    }

    /** As {@link Grants} does for each by itself. */
    private static void requireFits(Connection connection, Result.Connect reply) {
        if (Framing.utf8Length(FrameWriter.reply(CommandReader.MAX_ID, reply)) > Framing.MAX_MESSAGE) {
            LOG.warn(
                    "Connection of {} refused: the data of its {} subscriptions is larger than a message",
                    connection.user(),
                    reply.subs().size());
            throw new Refused(ProtocolError.LIMIT_EXCEEDED);
        }
    }

    /** The row says what the reply is going to say, and by when that must be true: the heartbeat sees to it. */
    private Connection promised(Connection connection, List<Entered> entered) {
        long settleBy = clock.millis() / 1000 + SETTLED_AFTER;
        return connection.promising(
                entered.stream().collect(Collectors.toMap(Entered::channel, Entered::entry)), settleBy);
    }

    /** A second connect command is the client's mistake whatever its token; only a bad one costs a look at the row. */
    private ConnectionClaims claims(String id, Request.Connect request) {
        try {
            return request.token().isEmpty() ? anonymous() : verified(request.token());
        } catch (Ended | Refused e) {
            boolean isSecond =
                    connections.find(id).filter(Connection::established).isPresent();
            throw isSecond ? new Ended(Disconnect.BAD_REQUEST) : e;
        }
    }

    private ConnectionClaims anonymous() {
        if (!config.allowAnonymousConnectWithoutToken() && !config.insecure()) {
            throw new Ended(Disconnect.BAD_REQUEST);
        }
        return new ConnectionClaims("", 0, RawJson.NONE, RawJson.NONE, Map.of(), "", 0);
    }

    private ConnectionClaims verified(String token) {
        ConnectionClaims claims = switch (tokens.connection(token)) {
            case ConnectionClaims genuine -> genuine;
            case ExpiredToken expired -> throw new Refused(ProtocolError.TOKEN_EXPIRED);
            case UnverifiableToken unverifiable -> throw new Refused(ProtocolError.INTERNAL);
            case InvalidToken(String reason) -> throw invalid(reason);
        };
        if (Framing.utf8Length(claims.user()) > LONGEST_USER) {
            throw invalid("its user id is longer than " + LONGEST_USER + " bytes");
        }
        if (claims.user().isEmpty() && config.disallowAnonymousConnectionTokens()) {
            throw new Ended(Disconnect.PERMISSION_DENIED);
        }
        return claims;
    }

    /** The client learns only that its token is invalid; whoever made the token finds out why in the log. */
    private static Ended invalid(String reason) {
        LOG.atInfo().log("Connection token refused: {}", reason);
        return new Ended(Disconnect.INVALID_TOKEN);
    }

    /** Checks the token of a refresh command, which must be the same user's and not be revoked. */
    ConnectionClaims refreshed(Connection who, String token) {
        return switch (tokens.connection(token)) {
            case ConnectionClaims claims
            when claims.user().equals(who.user()) -> {
                require(connections.revocations().of(claims.user(), stamp(claims)));
                yield claims;
            }
            case ConnectionClaims stranger -> throw new Ended(Disconnect.INVALID_TOKEN);
            case ExpiredToken expired -> throw new Ended(Disconnect.EXPIRED);
            case UnverifiableToken unverifiable -> throw new Refused(ProtocolError.INTERNAL);
            case InvalidToken(String reason) -> throw invalid(reason);
        };
    }

    static TokenStamp stamp(ConnectionClaims claims) {
        return new TokenStamp(claims.id(), claims.issuedAt());
    }

    private static void require(Standing standing) {
        if (standing == Standing.BLOCKED) {
            throw new Ended(Disconnect.PERMISSION_DENIED);
        }
        if (standing == Standing.REVOKED) {
            throw new Ended(Disconnect.INVALID_TOKEN);
        }
    }

    /**
     * Sees to it that a user does not have more connections than allowed, by ending the others or this one. Those that
     * connect within the same second may not see each other: the index that finds a user's connections is behind.
     */
    private void makeRoom(String user) {
        PersonalChannelConfig personal = config.subscribeToUserPersonalChannel();
        boolean single = personal.enabled() && personal.singleConnection();
        int limit = config.userConnectionLimit();
        if (user.isEmpty() || !single && limit == 0) {
            return;
        }
        List<Connection> others = connections.ofUser(user);
        if (single) {
            others.forEach(other -> endings.end(other.id(), Disconnect.CONNECTION_LIMIT));
        } else if (others.size() >= limit) {
            throw new Ended(Disconnect.CONNECTION_LIMIT);
        }
    }
}
