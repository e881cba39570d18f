package io.carillon.local.load;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.events.Json;
import io.carillon.events.MalformedJson;
import io.carillon.events.Position;
import io.carillon.local.load.Attempt.Outcome;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/** Calls the server API, with connections that are kept. Safe for use by several threads. */
final class ServerApi {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int OK = 200;

    private final HttpClient http;
    private final Target target;
    private final LongSupplier clock;

    ServerApi(HttpClient http, Target target, LongSupplier clock) {
        this.http = http;
        this.target = target;
        this.clock = clock;
    }

    /** Publishes once, without trying again. */
    Attempt publish(String channel, String data) throws InterruptedException {
        String body = "{\"channel\":" + Json.write(channel) + ",\"data\":" + data + "}";
        HttpRequest request = request("publish", body);
        long digest = Payloads.digest(data);
        long sentAt = clock.getAsLong();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            return new Attempt(channel, digest, sentAt, outcome(response));
        } catch (IOException e) {
            return new Attempt(channel, digest, sentAt, new Outcome.Failed(clock.getAsLong(), 0, String.valueOf(e)));
        }
    }

    private Outcome outcome(HttpResponse<String> response) {
        long at = clock.getAsLong();
        if (response.statusCode() != OK) {
            return new Outcome.Failed(at, response.statusCode(), "HTTP status " + response.statusCode());
        }
        try {
            JsonNode reply = Json.read(response.body(), JsonNode.class);
            if (reply.has("error")) {
                JsonNode error = reply.get("error");
                return new Outcome.Failed(
                        at, error.path("code").asInt(), error.path("message").asText());
            }
            JsonNode result = reply.path("result");
            return new Outcome.Accepted(
                    at,
                    new Position(
                            result.path("offset").asLong(), result.path("epoch").asText()));
        } catch (MalformedJson e) {
            return new Outcome.Failed(at, 0, "the answer is not JSON");
        }
    }

    /** Asks who is in a channel, by client id; empty if the server does not tell. */
    Optional<Set<String>> presence(String channel) throws InterruptedException {
        try {
            HttpResponse<String> response = http.send(
                    request("presence", "{\"channel\":" + Json.write(channel) + "}"),
                    HttpResponse.BodyHandlers.ofString());
            JsonNode presence =
                    Json.read(response.body(), JsonNode.class).path("result").path("presence");
            if (!presence.isObject()) {
                return Optional.empty();
            }
            Set<String> clients = new HashSet<>();
            presence.fieldNames().forEachRemaining(clients::add);
            return Optional.of(clients);
        } catch (IOException | MalformedJson e) {
            return Optional.empty();
        }
    }

    /**
     * Finds out whether somebody answers, and takes the key.
     *
     * @return what is wrong and what to do; empty if nothing is
     */
    Optional<String> problem() throws InterruptedException {
        try {
            HttpResponse<String> response = http.send(request("info", "{}"), HttpResponse.BodyHandlers.ofString());
            return switch (response.statusCode()) {
                case OK -> Optional.empty();
                case 401 -> Optional.of("the API key was refused: name the right one with --key or --config");
                default ->
                    Optional.of(target.server() + " answered " + response.statusCode()
                            + ": is it Carillon that runs there?");
            };
        } catch (IOException e) {
            return Optional.of("nothing answers at " + target.server()
                    + ": start it with ./carillon dev, name --url, or add --start to run one for the test");
        }
    }

    private HttpRequest request(String method, String body) {
        return HttpRequest.newBuilder(target.api(method))
                .timeout(TIMEOUT)
                .header("X-API-Key", target.key())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }
}
