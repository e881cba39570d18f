package io.carillon.local.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.config.Config;
import io.carillon.events.Json;
import io.carillon.token.TokenIssuer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * The clients of a measurement: those that subscribe to one channel, and those that publish to it. Safe for use by
 * several threads.
 */
public final class Audience implements AutoCloseable {

    /** So many clients may be on their way in at the same time. */
    private static final int AT_A_TIME = 50;

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int OK = 200;
    private static final String TOO_MANY_FILES = "Too many open files";

    private final String channel;
    private final String server;
    private final String key;
    private final TokenIssuer tokens;
    private final ExecutorService threads =
            Executors.newFixedThreadPool(2, Thread.ofPlatform().daemon().factory());
    private final HttpClient http = HttpClient.newBuilder().executor(threads).build();
    private final List<TrialClient> subscribers = new ArrayList<>();
    private final List<TrialClient> publishers = new ArrayList<>();

    /**
     * Aims at a server.
     *
     * @param server such as {@code http://127.0.0.1:8000}
     * @param config the configuration that runs there, with a secret for tokens and an API key
     * @param channel where all publish and subscribe
     */
    public Audience(URI server, Config config, String channel) {
        this.channel = channel;
        this.server = server.getRawAuthority();
        this.key = config.httpApi().key();
        this.tokens = TokenIssuer.of(config.client(), InstantSource.system());
    }

    /**
     * Connects and subscribes clients, and waits for all.
     *
     * @param publications is given the data of each publication that one of them receives
     */
    public void subscribe(int clients, Consumer<JsonNode> publications) throws InterruptedException {
        for (int begin = 0; begin < clients; begin += AT_A_TIME) {
            List<CompletableFuture<TrialClient>> joining = new ArrayList<>();
            for (int i = begin; i < Math.min(clients, begin + AT_A_TIME); i++) {
                joining.add(connect("subscriber-" + i, Optional.of(channel), publications));
            }
            for (CompletableFuture<TrialClient> client : joining) {
                subscribers.add(await(client));
            }
        }
    }

    /** Connects clients that only publish, and waits for them. */
    public void connectPublishers(int clients) throws InterruptedException {
        for (int i = 0; i < clients; i++) {
            publishers.add(await(connect("publisher-" + i, Optional.empty(), data -> {})));
        }
    }

    private CompletableFuture<TrialClient> connect(
            String user, Optional<String> subscribeTo, Consumer<JsonNode> publications) {
        String token = tokens.connection(user).expiresIn(Duration.ofDays(1)).sign();
        return TrialClient.connect(
                http, URI.create("ws://" + server + "/connection/websocket"), token, subscribeTo, publications);
    }

    /** Publishes over the connection of one of the publishers, each in turn. */
    public CompletableFuture<JsonNode> publish(long number, String data) {
        return publishers.get((int) (number % publishers.size())).publish(channel, data);
    }

    /** Publishes through the server API. */
    public CompletableFuture<JsonNode> publishByServer(String data) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://" + server + "/api/publish"))
                .header("X-API-Key", key)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"channel\":" + Json.write(channel) + ",\"data\":" + data + "}"))
                .build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofString()).thenApply(Audience::result);
    }

    private static JsonNode result(HttpResponse<String> response) {
        JsonNode answer = Json.read(response.body(), JsonNode.class);
        if (response.statusCode() != OK || answer.has("error")) {
            throw new IllegalStateException("the server API refused: " + response.statusCode() + " " + response.body());
        }
        return answer;
    }

    /** Waits for an answer; throws what the server refused. */
    public static <T> T await(CompletableFuture<T> answer) throws InterruptedException {
        try {
            return answer.orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof TimeoutException) {
                throw new IllegalStateException("no answer came within " + PATIENCE, e);
            }
            String problem = String.valueOf(e.getCause().getMessage());
            boolean files = problem.contains(TOO_MANY_FILES);
            throw new IllegalStateException(
                    files ? problem + ": each client takes two; allow more with ulimit -n 65536" : problem, e);
        }
    }

    @Override
    public void close() {
        subscribers.forEach(TrialClient::close);
        publishers.forEach(TrialClient::close);
        http.shutdownNow();
        threads.shutdownNow();
    }
}
