package io.carillon.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.events.Json;
import io.carillon.local.LocalRuntime;
import io.carillon.local.RuntimeSettings;
import io.carillon.local.lambda.FunctionError;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/** What every deployment must be able to do: connect, subscribe, publish, receive, keep alive, recover. */
public final class Scenario {

    /** Long enough for any machine on which a step can be done at all. */
    private static final Duration PATIENT = Duration.ofSeconds(60);

    /** Long enough to see that something never comes; a slow machine only makes it surer. */
    private static final Duration HASTY = Duration.ofSeconds(2);

    public static final String CONFIG = """
            {
              "client": {"insecure": true, "allow_anonymous_connect_without_token": true},
              "http_api": {"key": "key"},
              "channel": {"without_namespace":
                {"history_size": 100, "history_ttl": "300s", "force_recovery": true,
                 "allow_subscribe_for_client": true}}
            }""";

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final LocalRuntime runtime;
    private final String doomed;

    private Scenario(LocalRuntime runtime, String doomed) {
        this.runtime = runtime;
        this.doomed = doomed;
    }

    /** A step did not succeed. */
    private static final class StepFailed extends Exception {
        private static final long serialVersionUID = 1;

        StepFailed(String step) {
            super(step);
        }
    }

    /** Starts a runtime and does everything; gives the name of the first step that does not succeed. */
    public static Optional<String> failure(RuntimeSettings settings) {
        return failure(settings, "");
    }

    /** Does the same, and gives a step that cannot succeed no more time than it takes to see that. */
    static Optional<String> failure(RuntimeSettings settings, String doomed) {
        try (LocalRuntime runtime = LocalRuntime.start(settings)) {
            new Scenario(runtime, doomed).run();
            return Optional.empty();
        } catch (StepFailed e) {
            return Optional.of(e.getMessage());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void run() throws StepFailed, InterruptedException {
        String epoch;
        try (Client client = new Client()) {
            client.ask("connect", "{\"id\":1,\"connect\":{}}");
            JsonNode subscribed = client.ask("subscribe", "{\"id\":2,\"subscribe\":{\"channel\":\"news\"}}");
            epoch = subscribed.path("subscribe").path("epoch").asText();
            publish(1);
            client.await("receive", frame -> frame.at("/push/pub/offset").asLong() == 1);
        }
        beat();
        publish(2);
        try (Client client = new Client()) {
            client.ask("connect", "{\"id\":1,\"connect\":{}}");
            JsonNode back = client.ask(
                    "subscribe",
                    "{\"id\":2,\"subscribe\":{\"channel\":\"news\",\"recover\":true,\"offset\":0,\"epoch\":\"" + epoch
                            + "\"}}");
            JsonNode missed = back.path("subscribe");
            if (!missed.path("recovered").asBoolean()
                    || missed.path("publications").size() != 2) {
                throw new StepFailed("recover");
            }
        }
    }

    private void publish(int number) throws StepFailed, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + runtime.port() + "/api/publish"))
                .header("X-API-Key", "key")
                .POST(HttpRequest.BodyPublishers.ofString("{\"channel\":\"news\",\"data\":" + number + "}"))
                .timeout(PATIENT)
                .build();
        try {
            var answer = HTTP.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != 200 || answer.body().contains("\"error\"")) {
                throw new StepFailed("publish");
            }
        } catch (IOException e) {
            throw new StepFailed("publish");
        }
    }

    private void beat() throws StepFailed {
        try {
            runtime.beat();
        } catch (FunctionError e) {
            throw new StepFailed("heartbeat");
        }
    }

    /** A client that keeps what it has not looked at yet. */
    private final class Client implements WebSocket.Listener, AutoCloseable {

        private final BlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
        private final StringBuilder partial = new StringBuilder();
        private final WebSocket socket;

        Client() throws StepFailed, InterruptedException {
            try {
                socket = HTTP.newWebSocketBuilder()
                        .buildAsync(URI.create("ws://127.0.0.1:" + runtime.port() + "/connection/websocket"), this)
                        .get(PATIENT.toSeconds(), TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException e) {
                throw new StepFailed("handshake");
            }
        }

        JsonNode ask(String command, String frame) throws StepFailed, InterruptedException {
            socket.sendText(frame, true).join();
            return await(command, reply -> reply.has(command));
        }

        JsonNode await(String step, Predicate<JsonNode> wanted) throws StepFailed, InterruptedException {
            long end = System.nanoTime() + (step.equals(doomed) ? HASTY : PATIENT).toNanos();
            while (true) {
                JsonNode frame = frames.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (frame == null) {
                    throw new StepFailed(step);
                }
                if (wanted.test(frame)) {
                    return frame;
                }
            }
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
            partial.append(text);
            if (last) {
                partial.toString()
                        .lines()
                        .map(line -> Json.read(line, JsonNode.class))
                        .forEach(frames::add);
                partial.setLength(0);
            }
            from.request(1);
            return null;
        }

        @Override
        public void close() {
            socket.abort();
        }
    }
}
