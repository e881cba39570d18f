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
import io.carillon.delivery.Deliverer;
import io.carillon.limit.FrameRates;
import io.carillon.presence.Presence;
import io.carillon.token.TokenVerifier;
import java.util.Map;

/** Assembles what handles the frames of connections. */
public final class Session {

    private Session() {}

    /** What it is assembled from. */
    public record Parts(
            Ports ports,
            Config config,
            Channels channels,
            TokenVerifier tokens,
            Publisher publisher,
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
        ConnectCommand connect = new ConnectCommand(
                client,
                parts.channels(),
                rights,
                parts.tokens(),
                ports.connections(),
                parts.endings(),
                serverSide(parts),
                parts.subscriptions(),
                parts.config().carillon().pingInterval(),
                ports.clock());
        SubscribeCommand subscribe =
                new SubscribeCommand(sessions, rights, parts.tokens(), parts.subscriptions(), ports.clock());
        ChannelCommands channels = new ChannelCommands(
                rights,
                parts.publisher(),
                parts.history(),
                parts.presence(),
                ports.subscribers(),
                client.historyMaxPublicationLimit());
        Commands commands = new Commands(
                rights,
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
                client.expiredCloseDelay(),
                ports.clock(),
                ports.metrics());
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
