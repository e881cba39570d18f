package io.carillon;

import io.carillon.api.AccessApi;
import io.carillon.api.Census;
import io.carillon.api.HttpFront;
import io.carillon.api.ServerApi;
import io.carillon.api.UserApi;
import io.carillon.channel.Healer;
import io.carillon.channel.History;
import io.carillon.channel.Publisher;
import io.carillon.config.AllowedOrigins;
import io.carillon.config.CarillonConfig;
import io.carillon.config.ChannelOptions;
import io.carillon.config.Channels;
import io.carillon.config.Config;
import io.carillon.config.Proxied;
import io.carillon.config.RefusedChannel;
import io.carillon.config.ResolvedChannel;
import io.carillon.connection.Closer;
import io.carillon.delivery.Deliverer;
import io.carillon.delivery.DirectDelivery;
import io.carillon.delivery.Postage;
import io.carillon.limit.FrameRates;
import io.carillon.limit.Rate;
import io.carillon.limit.SourceRates;
import io.carillon.longpoll.LongPollFront;
import io.carillon.longpoll.Outboxes;
import io.carillon.presence.Presence;
import io.carillon.proxy.Proxies;
import io.carillon.push.DeviceRegistry;
import io.carillon.push.DevicesFront;
import io.carillon.push.MobilePush;
import io.carillon.push.PublishedPush;
import io.carillon.push.PushApi;
import io.carillon.push.PushPorts;
import io.carillon.push.PushSender;
import io.carillon.session.Doorkeeper;
import io.carillon.session.Endings;
import io.carillon.session.FrameHandler;
import io.carillon.session.Heartbeat;
import io.carillon.session.Renewals;
import io.carillon.session.RpcMethod;
import io.carillon.session.Session;
import io.carillon.session.Subscriptions;
import io.carillon.token.TokenVerifier;
import io.carillon.topic.Announcements;
import java.util.Map;
import java.util.Optional;

/**
 * Assembles the logic from its ports and its configuration. Each function of a deployment uses one part of it, which is
 * made when it is asked for, so that no function pays for what another needs.
 *
 * <p>Immutable; its parts are safe for use by several threads.
 */
public final class Carillon {

    private static final int POLLS_PER_SECOND = 20;

    private final Ports ports;
    private final Config config;
    private final Map<String, RpcMethod> methods;
    private final Optional<PushPorts> push;

    public Carillon(Ports ports, Config config) {
        this(ports, config, Map.of());
    }

    /**
     * Assembles with methods of the application.
     *
     * @param methods what clients may call with {@code rpc}, by name
     */
    public Carillon(Ports ports, Config config, Map<String, RpcMethod> methods) {
        this(ports, config, methods, Optional.empty());
    }

    /** Assembles with mobile push, if there is any. */
    public Carillon(Ports ports, Config config, Optional<PushPorts> push) {
        this(ports, config, Map.of(), push);
    }

    private Carillon(Ports ports, Config config, Map<String, RpcMethod> methods, Optional<PushPorts> push) {
        this.push = push;
        this.ports = ports;
        this.config = config;
        this.methods = Map.copyOf(methods);
    }

    /** Decides on new connections. */
    public Doorkeeper doorkeeper() {
        return new Doorkeeper(ports.connections(), new AllowedOrigins(config.client()), ports.clock(), ports.metrics());
    }

    /** Handles the frames of connections. */
    public FrameHandler frameHandler() {
        TokenVerifier tokens = new TokenVerifier(config.client(), ports.clock(), ports.metrics());
        Session.Parts parts = new Session.Parts(
                ports,
                config,
                new Channels(config),
                tokens,
                publisher(),
                push.map(this::publishedPush),
                history(),
                presence(),
                subscriptions(),
                endings(),
                methods);
        return Session.frameHandler(parts);
    }

    /** Forgets connections that have ended. */
    public Closer closer() {
        return new Closer(ports.connections(), ports.mailboxes(), ports.metrics(), announcements());
    }

    /** Carries out what the mailboxes received. */
    public Deliverer deliverer() {
        Channels channels = new Channels(config);
        return new Deliverer(new Deliverer.Parts(
                ports.log(),
                ports.shards(),
                ports.subscribers(),
                ports.connections(),
                ports.mailboxes(),
                ports.poster(),
                ports.clock(),
                channel -> options(channels, channel),
                config.carillon().shardSize(),
                config.client().recoveryMaxPublicationLimit(),
                Deliverer.Parts.HOLE_WAITS,
                ports.metrics(),
                announcements()));
    }

    private static Optional<ChannelOptions> options(Channels channels, String channel) {
        return switch (channels.resolve(channel)) {
            case ResolvedChannel resolved -> Optional.of(resolved.options());
            case RefusedChannel refused -> Optional.empty();
        };
    }

    /** Keeps connections alive, once a minute. */
    public Heartbeat heartbeat() {
        Channels channels = new Channels(config);
        return new Heartbeat(
                ports.connections(),
                subscriptions(),
                new Renewals(
                        new Proxied(config),
                        new Proxies(ports.backends(), config.carillon().proxyCircuit()),
                        channels,
                        ports.connections(),
                        subscriptions(),
                        ports.clock()),
                endings(),
                closer(),
                new Healer(
                        ports.log(),
                        ports.shards(),
                        ports.mailboxes(),
                        channel -> options(channels, channel),
                        ports.clock()),
                ports.poster(),
                ports.metrics(),
                new Heartbeat.Settings(
                        config.carillon().pingInterval(),
                        config.client().expiredCloseDelay(),
                        config.client().expiredSubCloseDelay()),
                ports.clock());
    }

    /** Answers the server API over HTTP. */
    public HttpFront httpFront() {
        UserApi users = new UserApi(ports.connections(), subscriptions(), endings(), ports.clock());
        AccessApi access = new AccessApi(ports.connections(), endings(), ports.clock());
        Census census = new Census(ports.log(), ports.connections(), ports.clock());
        ServerApi api = new ServerApi(
                new Channels(config),
                publisher(),
                ports.log(),
                history(),
                presence(),
                users,
                access,
                census,
                ports.metrics(),
                push.map(this::mobilePush));
        return new HttpFront(
                config.httpApi(),
                api,
                new Rate(config.carillon().apiRateLimit(), ports.clock()),
                config.carillon().apiBodyLimit());
    }

    private Announcements announcements() {
        return new Announcements(ports.events(), ports.mailboxes(), config, ports.clock());
    }

    /** Answers clients that cannot use WebSocket, whose messages wait in these outboxes. */
    public LongPollFront longPollFront(Outboxes outboxes) {
        return new LongPollFront(new LongPollFront.Parts(
                doorkeeper(),
                new AllowedOrigins(config.client()),
                frameHandler(),
                closer(),
                outboxes,
                new FrameRates(pollRate(config.carillon()), ports.clock()),
                new SourceRates(config.carillon().longPollOpenLimit(), ports.clock()),
                config.carillon().longPollMinInterval(),
                config.carillon().longPollMaxInterval()));
    }

    /** Clients never ask more often than ten times a second, so polls have a limit also where frames have none. */
    private static int pollRate(CarillonConfig config) {
        return config.frameRateLimit() == 0 ? POLLS_PER_SECOND : config.frameRateLimit();
    }

    private MobilePush mobilePush(PushPorts outside) {
        return new MobilePush(new PushApi(outside, ports.clock()), publishedPush(outside));
    }

    private PublishedPush publishedPush(PushPorts outside) {
        return new PublishedPush(outside.queue(), ports.clock());
    }

    /** Lets clients register their devices; empty without mobile push. */
    public Optional<DevicesFront> devicesFront() {
        return push.map(outside -> new DevicesFront(
                outside.devices(),
                new DeviceRegistry(outside, ports.clock()),
                new TokenVerifier(config.client(), ports.clock()),
                ports.connections().revocations(),
                config,
                new Rate(config.carillon().apiRateLimit(), ports.clock())));
    }

    /** Carries out the jobs of the queue of mobile push; empty without mobile push. */
    public Optional<PushSender> pushSender() {
        return push.map(outside -> new PushSender(
                outside,
                ports.connections(),
                config.carillon().pushRateLimit(),
                ports.clock(),
                ports.metrics(),
                announcements()));
    }

    private Publisher publisher() {
        int few = Math.min(DirectDelivery.FEW, config.carillon().shardSize() - 1);
        DirectDelivery direct = new DirectDelivery(
                ports.log(),
                ports.subscribers(),
                ports.poster(),
                closer(),
                few,
                new Postage(ports.clock(), ports.metrics()));
        return new Publisher(
                ports.log(),
                ports.mailboxes(),
                direct,
                ports.clock(),
                config.carillon().publicationSizeLimit(),
                ports.metrics(),
                announcements());
    }

    private History history() {
        return new History(ports.log(), ports.clock());
    }

    private Presence presence() {
        return new Presence(ports.log(), ports.subscribers());
    }

    private Subscriptions subscriptions() {
        return new Subscriptions(
                ports.connections(),
                ports.log(),
                ports.mailboxes(),
                ports.clock(),
                config.client().channelLimit());
    }

    private Endings endings() {
        return new Endings(ports.poster(), closer(), ports.metrics());
    }
}
