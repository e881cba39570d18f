package io.carillon.session;

import io.carillon.Ports;
import io.carillon.channel.ChannelLog;
import io.carillon.channel.History;
import io.carillon.channel.Holes;
import io.carillon.channel.Publisher;
import io.carillon.channel.Recovery;
import io.carillon.config.Channels;
import io.carillon.config.ClientConfig;
import io.carillon.config.Config;
import io.carillon.config.Proxied;
import io.carillon.delivery.Deliverer;
import io.carillon.limit.FrameRates;
import io.carillon.presence.Presence;
import io.carillon.proxy.Proxies;
import io.carillon.push.PublishedPush;
import io.carillon.token.TokenVerifier;
import io.carillon.topic.Announcements;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Assembles what handles the frames of connections. */
public final class Session {

    /** By when the heartbeat has dealt with what it was due to deal with. */
    private static final Duration BEATS = Duration.ofMinutes(2);

    private Session() {}

    /** What it is assembled from. */
    public record Parts(
            Ports ports,
            Config config,
            Channels channels,
            TokenVerifier tokens,
            Publisher publisher,
            Optional<PublishedPush> pushes,
            History history,
            Presence presence,
            Subscriptions subscriptions,
            Endings endings,
            Map<String, RpcMethod> methods) {}

    /** Assembles a frame handler. */
    public static FrameHandler frameHandler(Parts parts) {
        Ports ports = parts.ports();
        ClientConfig client = parts.config().client();
        Sessions sessions = new Sessions(ports.connections(), Sessions.WAITS);
        Rights rights = new Rights(parts.channels(), client.insecure());
        Consultation consultation = new Consultation(
                new Proxied(parts.config()),
                new Proxies(ports.backends(), parts.config().carillon().proxyCircuit()));
        ConnectCommand connect = new ConnectCommand(
                client,
                new Introduction(consultation, ports.clock()),
                new Announcements(ports.events(), ports.mailboxes(), parts.config(), ports.clock()),
                new Grants(client, parts.channels(), rights),
                parts.tokens(),
                ports.connections(),
                parts.endings(),
                serverSide(parts),
                parts.subscriptions(),
                parts.config().carillon().pingInterval(),
                parts.config().channel().hasDelayedPush(),
                ports.clock());
        SubscribeCommand subscribe = new SubscribeCommand(
                sessions,
                rights,
                new Invitations(consultation, rights),
                parts.tokens(),
                parts.subscriptions(),
                ports.clock());
        ChannelCommands channels = new ChannelCommands(
                rights,
                consultation,
                parts.publisher(),
                parts.pushes(),
                parts.history(),
                parts.presence(),
                ports.subscribers(),
                client.historyMaxPublicationLimit());
        Commands commands = new Commands(
                rights,
                consultation,
                ports.connections(),
                parts.subscriptions(),
                subscribe,
                connect,
                channels,
                parts.methods(),
                ports.clock());
        return new FrameHandler(
                sessions,
                connect,
                commands,
                parts.subscriptions(),
                parts.endings(),
                ports.poster(),
                new FrameRates(parts.config().carillon().frameRateLimit(), ports.clock()),
                closeDelay(client),
                ports.clock(),
                ports.metrics());
    }

    /** Where a backend is asked whether a connection may stay, the heartbeat needs time to do so. */
    private static Duration closeDelay(ClientConfig client) {
        return client.proxy().refresh().enabled() ? client.expiredCloseDelay().plus(BEATS) : client.expiredCloseDelay();
    }

    private static ServerSide serverSide(Parts parts) {
        ChannelLog log = parts.ports().log();
        Recovery recovery = new Recovery(
                log,
                parts.history(),
                new Holes(log, Deliverer.Parts.HOLE_WAITS, parts.ports().metrics()),
                parts.config().client().recoveryMaxPublicationLimit(),
                parts.ports().metrics());
        return new ServerSide(log, recovery);
    }
}
