package io.carillon.local.gateway;

import io.carillon.local.lambda.LambdaFunction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.websocket.core.WebSocketComponents;
import org.eclipse.jetty.websocket.core.server.WebSocketServerComponents;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Emulates API Gateway on one port: a WebSocket API at {@code /connection/websocket} and {@code /{stage}}, its
 * {@code /{stage}/@connections/{id}}, an HTTP API at {@code /api}, {@code /api/{method}} and the same below
 * {@code /{stage}}, and pages at all other paths.
 *
 * <p>{@link #bind} takes the port, so that functions can be built with {@link #callbackEndpoint}; {@link #serve} starts to
 * answer. Clients that come between the two wait.
 *
 * <p>An idle connection costs no thread: sockets are watched by a few threads, functions run on virtual ones. Safe for
 * use by several threads.
 */
public final class LocalGateway implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LocalGateway.class);

    /** Longer than the 60 s for which the AWS SDK's HTTP clients keep an idle connection, so that they close first. */
    private static final Duration HTTP_IDLE = Duration.ofSeconds(75);

    private static final Duration CLOSE_GRACE = Duration.ofSeconds(1);
    private static final int MAX_WATCHING_THREADS = 32;
    private static final int ACCEPT_QUEUE = 4_096;

    /** Keeps what the kernel holds for a client that does not read small beside the client buffer. */
    private static final int SOCKET_SEND_BUFFER = 64 * 1024;

    private final GatewaySettings settings;
    private final GatewayPolicies policies = new GatewayPolicies();
    private final Connections connections = new Connections();
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("gateway-", 0).factory());
    private final Sweeper sweeper;
    private final Server server;
    private final ServerConnector connector;

    private LocalGateway(GatewaySettings settings, InstantSource clock) {
        this.settings = settings;
        this.sweeper = new Sweeper(connections, settings.idleTimeout(), settings.lifetime());
        QueuedThreadPool pool = new QueuedThreadPool(MAX_WATCHING_THREADS, 4);
        pool.setName("gateway-io");
        pool.setDaemon(true);
        this.server = new DatedServer(pool, clock);
        this.connector = connector(server, settings);
    }

    private static ServerConnector connector(Server server, GatewaySettings settings) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        // The SDK percent-encodes connection ids; one with an encoded slash must reach us as it is.
        http.setUriCompliance(UriCompliance.from("DEFAULT,AMBIGUOUS_PATH_SEPARATOR,AMBIGUOUS_PATH_ENCODING"));
        ServerConnector connector = new ServerConnector(server, 1, -1, new HttpConnectionFactory(http));
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        connector.setAcceptQueueSize(ACCEPT_QUEUE);
        connector.setAcceptedSendBufferSize(SOCKET_SEND_BUFFER);
        connector.setIdleTimeout(HTTP_IDLE.toMillis());
        server.addConnector(connector);
        return connector;
    }

    /**
     * Takes the port.
     *
     * @throws UncheckedIOException if the address or port cannot be had
     */
    public static LocalGateway bind(GatewaySettings settings) {
        return bind(settings, InstantSource.system());
    }

    /**
     * Takes the port.
     *
     * @param clock what the answers' {@code Date} comes from
     * @throws UncheckedIOException if the address or port cannot be had
     */
    public static LocalGateway bind(GatewaySettings settings, InstantSource clock) {
        LocalGateway gateway = new LocalGateway(settings, clock);
        try {
            gateway.connector.open();
        } catch (IOException e) {
            gateway.close();
            throw new UncheckedIOException(
                    "Cannot listen on " + settings.host() + ":" + settings.port()
                            + ": choose another port, or end what uses it",
                    e);
        }
        return gateway;
    }

    /** Takes the port and serves at once, with no pages. */
    public static LocalGateway start(GatewaySettings settings, WebSocketRoutes routes, LambdaFunction api) {
        LocalGateway gateway = bind(settings);
        gateway.serve(routes, api);
        return gateway;
    }

    /** Starts to answer, with no pages beside the APIs. */
    public void serve(WebSocketRoutes routes, LambdaFunction api) {
        serve(routes, HttpRoutes.of(api), Optional.empty());
    }

    /**
     * Starts to answer.
     *
     * @param http  functions of the HTTP API
     * @param pages answers every path that belongs to no API; runs on virtual threads, so it may block
     */
    public void serve(WebSocketRoutes routes, HttpRoutes http, Handler pages) {
        serve(routes, http, Optional.of(pages));
    }

    private void serve(WebSocketRoutes routes, HttpRoutes http, Optional<Handler> pages) {
        WebSocketComponents components = WebSocketServerComponents.ensureWebSocketComponents(server);
        Integration integration = new Integration(threads, settings.integrationTimeout());
        WebSocketApi webSocket =
                new WebSocketApi(routes, integration, connections, policies, this::run, settings.clientBuffer());
        FrontDoor frontDoor = new FrontDoor(
                settings.stage(),
                new Handshake(
                        settings,
                        policies,
                        routes.function(WebSocketRoutes.CONNECT),
                        integration,
                        webSocket,
                        components,
                        this::run),
                new CallbackApi(connections, policies, settings.clientBuffer()),
                new HttpApi(settings, http, integration, policies, this::run),
                this::run);
        pages.ifPresent(frontDoor::setHandler);
        server.setHandler(frontDoor);
        server.setStopTimeout(0);
        try {
            server.start();
        } catch (Exception e) {
            close();
            throw new IllegalStateException("The gateway's HTTP server did not start", e);
        }
        sweeper.start();
    }

    private void run(Runnable task) {
        try {
            threads.execute(task);
        } catch (RejectedExecutionException e) {
            // The gateway closes: nobody is left who waits for this.
            LOG.debug("Dropped a task while closing", e);
        }
    }

    public int port() {
        return connector.getLocalPort();
    }

    /** Gives the endpoint for {@code @connections}, such as {@code http://127.0.0.1:8000/local}. */
    public URI callbackEndpoint() {
        return URI.create("http://" + settings.host() + ":" + port() + "/" + settings.stage());
    }

    /** Gives the behaviours that may be changed while the gateway runs. */
    public GatewayPolicies policies() {
        return policies;
    }

    /** Counts the open connections. */
    public int connectionCount() {
        return connections.count();
    }

    /** Names the open connections. */
    public Set<String> connectionIds() {
        return connections.ids();
    }

    /** Tells the User-Agent that an open connection's client named; empty if it is not open. */
    public Optional<String> userAgent(String connectionId) {
        return connections.find(connectionId).map(found -> found.client().userAgent());
    }

    /** Cuts one connection as a lost network does, with no close frame; says whether it was open. */
    public boolean cut(String connectionId) {
        Optional<ClientConnection> connection = connections.find(connectionId);
        connection.ifPresent(ClientConnection::cut);
        return connection.isPresent();
    }

    /**
     * Stops or starts to drain to one client. While it is stopped, messages wait up to the client buffer's bound, as for
     * a client that does not read; says whether the connection is open.
     */
    public boolean stall(String connectionId, boolean stalled) {
        Optional<ClientConnection> connection = connections.find(connectionId);
        connection.ifPresent(found -> found.stall(stalled));
        return connection.isPresent();
    }

    /** Makes all connections older, and longer idle, as if the clock had jumped. */
    public void age(Duration by) {
        connections.sockets().forEach(connection -> connection.age(by));
    }

    /** Cuts every connection as a lost network does; {@code $disconnect} follows as the policy says. */
    public void cutAll() {
        connections.sockets().forEach(ClientConnection::cut);
    }

    /**
     * Stops answering, cuts every connection and interrupts the functions that still run. Nobody hears a
     * {@code $disconnect} of it: to the functions it is as if the account had gone.
     */
    @Override
    public void close() {
        sweeper.close();
        threads.shutdownNow();
        connections.sockets().forEach(ClientConnection::cut);
        try {
            server.stop();
            connector.close();
            if (!threads.awaitTermination(CLOSE_GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("Functions still run after the gateway closed; let them heed their interrupt");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            throw new IllegalStateException("The gateway's HTTP server did not stop", e);
        }
    }
}
