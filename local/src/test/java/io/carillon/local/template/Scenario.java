package io.carillon.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.local.LocalRuntime;
import io.carillon.local.RuntimeSettings;
import io.carillon.local.lambda.FunctionError;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** What every deployment must be able to do: connect, subscribe, publish, receive, keep alive, recover. */
public final class Scenario {

    /** Long enough for any machine on which a step can be done at all. */
    private static final Duration PATIENT = Duration.ofSeconds(60);

    /** What clients are told unless the configuration says otherwise: they go if there is no ping for so long. */
    private static final Duration PING_INTERVAL = Duration.ofSeconds(480);

    public static final String CONFIG = """
            {
              "client": {"insecure": true, "allow_anonymous_connect_without_token": true},
              "http_api": {"key": "key"},
              "channel": {"without_namespace":
                {"history_size": 100, "history_ttl": "3600s", "force_recovery": true,
                 "allow_subscribe_for_client": true}}
            }""";

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final LocalRuntime runtime;
    private final String doomed;
    private final Duration period;
    private final AtomicReference<Duration> ahead;

    private Scenario(LocalRuntime runtime, String doomed, Duration period, AtomicReference<Duration> ahead) {
        this.runtime = runtime;
        this.doomed = doomed;
        this.period = period;
        this.ahead = ahead;
    }

    /** Starts a runtime and does everything; gives the name of the first step that does not succeed. */
    public static Optional<String> failure(RuntimeSettings settings) {
        return failure(settings, "");
    }

    /** Does the same, and gives a step that cannot succeed no more time than it takes to see that. */
    static Optional<String> failure(RuntimeSettings settings, String doomed) {
        AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
        RuntimeSettings timed = settings.withClock(() -> Instant.now().plus(ahead.get()));
        try (LocalRuntime runtime = LocalRuntime.start(timed)) {
            new Scenario(runtime, doomed, settings.heartbeat(), ahead).run();
            return Optional.empty();
        } catch (StepFailed e) {
            return Optional.of(e.getMessage());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void run() throws StepFailed, InterruptedException {
        String epoch;
        try (SteppingClient client = new SteppingClient(runtime.port(), doomed)) {
            client.ask("connect", "{\"id\":1,\"connect\":{}}");
            JsonNode subscribed = client.ask("subscribe", "{\"id\":2,\"subscribe\":{\"channel\":\"news\"}}");
            epoch = subscribed.path("subscribe").path("epoch").asText();
            publish(1);
            client.await("receive", frame -> frame.at("/push/pub/offset").asLong() == 1);
            stayAway();
            client.await("keep alive", JsonNode::isEmpty);
        }
        publish(2);
        try (SteppingClient client = new SteppingClient(runtime.port(), doomed)) {
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

    /** Lets the time pass in which each connection must be pinged, with the beats that the schedule has in it. */
    private void stayAway() throws StepFailed {
        for (Duration passed = period; passed.compareTo(PING_INTERVAL) <= 0; passed = passed.plus(period)) {
            ahead.set(passed);
            beat();
        }
    }

    private void beat() throws StepFailed {
        try {
            runtime.beat();
        } catch (FunctionError e) {
            throw new StepFailed("heartbeat");
        }
    }
}
