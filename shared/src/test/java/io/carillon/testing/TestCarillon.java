package io.carillon.testing;

import io.carillon.Carillon;
import io.carillon.Ports;
import io.carillon.api.HttpFront;
import io.carillon.config.Config;
import io.carillon.connection.Connection;
import io.carillon.delivery.Deliverer;
import io.carillon.events.aws.HttpAnswer;
import io.carillon.events.aws.HttpEvent;
import io.carillon.fakes.FakeBackends;
import io.carillon.fakes.FakeChannelLog;
import io.carillon.fakes.FakeClock;
import io.carillon.fakes.FakeConnections;
import io.carillon.fakes.FakeEventTopic;
import io.carillon.fakes.FakeMailboxes;
import io.carillon.fakes.FakeMetrics;
import io.carillon.fakes.FakeOutboxes;
import io.carillon.fakes.FakePoster;
import io.carillon.fakes.FakeShards;
import io.carillon.fakes.FakeSubscribers;
import io.carillon.longpoll.LongPollFront;
import io.carillon.longpoll.TransportPoster;
import io.carillon.push.PushPorts;
import io.carillon.session.FrameHandler;
import io.carillon.session.RpcMethod;
import io.carillon.token.TokenIssuer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * All of Carillon in memory, driven by hand: clients send frames, a backend calls the server API, time passes. What
 * mailboxes receive is delivered at the end of each call, or by {@link #deliver()} after {@link #holdMail()}.
 */
public final class TestCarillon {

    /** The key of the server API. */
    public static final String KEY = "test-api-key";

    /** The secret of all tokens. */
    public static final String SECRET = "secret";

    private final FakeClock clock = new FakeClock();
    private final FakeMetrics metrics = new FakeMetrics();
    private final FakePoster poster = new FakePoster();
    private final FakeOutboxes outboxes = new FakeOutboxes(clock);
    private final FaultyMailboxes mailboxes = new FaultyMailboxes(new FakeMailboxes(clock));
    private final FakeConnections connections = new FakeConnections(clock);
    private final FakeSubscribers subscribers = new FakeSubscribers(clock);
    private final Map<String, TestClient> clients = new LinkedHashMap<>();
    private final FakeEventTopic topic = new FakeEventTopic();
    private final FakeBackends backends = new FakeBackends();
    private final Ports ports;
    private final Carillon carillon;
    private final FrameHandler frames;
    private final Deliverer deliverer;
    private final HttpFront http;
    private final LongPollFront longPoll;
    private boolean holding;
    private int opened;

    private TestCarillon(Function<Ports, Carillon> assembly) {
        FakeShards shards = new FakeShards();
        ports = new Ports(
                        connections,
                        new FakeChannelLog(clock, shards),
                        shards,
                        subscribers,
                        mailboxes,
                        new TransportPoster(poster, outboxes, Runnable::run),
                        clock,
                        metrics)
                .withBackends(backends)
                .withEvents(topic);
        carillon = assembly.apply(ports);
        frames = carillon.frameHandler();
        deliverer = carillon.deliverer();
        http = carillon.httpFront();
        longPoll = carillon.longPollFront(outboxes);
    }

    /**
     * Starts with a configuration.
     *
     * @param client members of the section {@code client}; the key for tokens is there already
     * @param channel members of the section {@code channel}
     */
    public static TestCarillon with(String client, String channel) {
        return with(client, channel, Map.of());
    }

    /** Starts with a configuration that has other sections too, written as members. */
    public static TestCarillon with(String client, String channel, String sections) {
        String separator = client.isBlank() ? "" : ",";
        String json = """
                {"client":{"token":{"hmac_secret_key":"%s"}%s%s},"channel":{%s},"http_api":{"key":"%s"},%s}""";
        return of(Config.read(json.formatted(SECRET, separator, client, channel, KEY, sections)));
    }

    /** Starts with a configuration, and with methods for {@code rpc}. */
    public static TestCarillon with(String client, String channel, Map<String, RpcMethod> methods) {
        return with(client, channel, methods, "");
    }

    /** Starts with a configuration, with methods for {@code rpc}, and with members of the section {@code carillon}. */
    public static TestCarillon with(String client, String channel, Map<String, RpcMethod> methods, String carillon) {
        String separator = client.isBlank() ? "" : ",";
        String json = """
                {"client":{"token":{"hmac_secret_key":"%s"}%s%s},"channel":{%s},"http_api":{"key":"%s"},"carillon":{%s}}""";
        Config config = Config.read(json.formatted(SECRET, separator, client, channel, KEY, carillon));
        return new TestCarillon(ports -> new Carillon(ports, config, methods));
    }

    /** Starts with a whole configuration; {@link #connect} works if it has {@link #SECRET}. */
    public static TestCarillon of(Config config) {
        return new TestCarillon(ports -> new Carillon(ports, config));
    }

    /** Starts with a whole configuration, and with mobile push. */
    public static TestCarillon of(Config config, PushPorts push) {
        return new TestCarillon(ports -> new Carillon(ports, config, Optional.of(push)));
    }

    /** What was counted. */
    public FakeMetrics metrics() {
        return metrics;
    }

    /** The parts, to build handlers from. */
    public Carillon carillon() {
        return carillon;
    }

    /** What the parts work with. */
    public Ports ports() {
        return ports;
    }

    public FakeClock clock() {
        return clock;
    }

    public FakePoster poster() {
        return poster;
    }

    public FaultyMailboxes mailboxes() {
        return mailboxes;
    }

    /** What other systems are told. */
    public FakeEventTopic topic() {
        return topic;
    }

    /** The backends of the application. */
    public FakeBackends backends() {
        return backends;
    }

    public FakeConnections connections() {
        return connections;
    }

    /** Makes tokens. */
    public TokenIssuer tokens() {
        return new TokenIssuer(SECRET, clock);
    }

    /** Opens a socket that has not said anything yet. */
    public TestClient open() {
        opened++;
        TestClient client = new TestClient(this, "connection%d=".formatted(opened));
        carillon.doorkeeper().admit(client.id(), "");
        clients.put(client.id(), client);
        return client;
    }

    /** Opens a socket and connects it as a user, with command id 1; the reply is dropped. */
    public TestClient connect(String user) {
        TestClient client = open();
        client.sends("{\"id\":1,\"connect\":{\"token\":\"%s\"}}"
                .formatted(tokens().connection(user).sign()));
        client.received();
        return client;
    }

    /** Opens a socket and connects it without a token; the reply is dropped. */
    public TestClient connectAnonymously() {
        TestClient client = open();
        client.sends("{\"id\":1,\"connect\":{}}");
        client.received();
        return client;
    }

    /** The row of a client. */
    public Connection row(TestClient client) {
        return connections.find(client.id()).orElseThrow();
    }

    /** Calls the server API with the key, and gives the answer's body. */
    public String api(String method, String body) {
        return http("/api/" + method, Map.of("x-api-key", KEY), Map.of(), body).body();
    }

    /** Sends a POST request to the server API. */
    public HttpAnswer http(String path, Map<String, String> headers, Map<String, String> query, String body) {
        HttpAnswer answer =
                http.answer(new HttpEvent("POST", path, path, headers, query, body, true, "192.0.2.1", "request"));
        settle();
        return answer;
    }

    /** Sends a request of a client that cannot use WebSocket. */
    public HttpAnswer longPoll(String method, String path, Map<String, String> headers, String body) {
        HttpAnswer answer = longPoll.answer(
                new HttpEvent(method, path, path, headers, Map.of(), body, true, "192.0.2.1", "request"));
        settle();
        return answer;
    }

    /** Lets the heartbeat do what is due now. */
    public void beat() {
        carillon.heartbeat().beat(clock.instant());
        settle();
    }

    /** Lets a minute pass, and the heartbeat do what is then due, again and again. */
    public void pass(Duration time) {
        for (long minutes = 0; minutes < time.toMinutes(); minutes++) {
            clock.advance(Duration.ofMinutes(1));
            beat();
        }
    }

    /** Keeps what the mailboxes receive from now on until {@link #deliver()}. */
    public void holdMail() {
        holding = true;
    }

    /** Delivers what the mailboxes have received, here and at the end of each call from now on. */
    public void deliver() {
        holding = false;
        settle();
    }

    String handle(String connection, String frame) {
        return frames.handle(connection, frame);
    }

    void settle() {
        clients.values().forEach(TestClient::collect);
        if (!holding) {
            mailboxes.drain(deliverer::deliver);
            clients.values().forEach(TestClient::collect);
        }
    }
}
