package io.carillon.local.load;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.events.Json;
import io.carillon.events.MalformedJson;
import io.carillon.events.Position;
import io.carillon.events.Publication;
import io.carillon.events.Result;
import io.carillon.local.load.Attempt.Outcome;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/** Calls the server API, with connections that are kept. Safe for use by several threads. */
final class ServerApi {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int OK = 200;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final Duration RETRY_PAUSE = Duration.ofMillis(100);

    private final HttpClient http;
    private final Target target;
    private final LongSupplier clock;

    ServerApi(HttpClient http, Target target, LongSupplier clock) {
        this.http = http;
        this.target = target;
        this.clock = clock;
    }

    /**
     * Publishes, and tries again while it may help.
     *
     * @param idempotencyKey empty for none
     * @param attempts how many calls there may be
     */
    Attempt publish(String channel, String data, String idempotencyKey, int attempts) throws InterruptedException {
        String key = idempotencyKey.isEmpty() ? "" : ",\"idempotency_key\":" + Json.write(idempotencyKey);
        HttpRequest request =
                request("publish", "{\"channel\":" + Json.write(channel) + key + ",\"data\":" + data + "}");
        List<Outcome.Failed> earlier = new ArrayList<>();
        long sentAt = clock.getAsLong();
        while (true) {
            Outcome outcome = send(request);
            if (outcome instanceof Outcome.Failed failed && isPassing(failed) && earlier.size() + 1 < attempts) {
                earlier.add(failed);
                Thread.sleep(RETRY_PAUSE.multipliedBy(earlier.size()));
            } else {
                return new Attempt(channel, Payloads.digest(data), sentAt, List.copyOf(earlier), outcome);
            }
        }
    }

    private static boolean isPassing(Outcome.Failed failed) {
        return failed.isOpen() || failed.code() == TOO_MANY_REQUESTS;
    }

    private Outcome send(HttpRequest request) throws InterruptedException {
        try {
            return outcome(http.send(request, HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            return new Outcome.Failed(clock.getAsLong(), 0, String.valueOf(e));
        }
    }

    /** Looks up what was accepted; empty if the history does not say, or does not reach back to it any more: it keeps {@code kept}. */
    Optional<ReadBack> readBack(Attempt attempt, Outcome.Accepted accepted, long kept) throws InterruptedException {
        Position position = accepted.position();
        String since = "{\"offset\":" + (position.offset() - 1) + ",\"epoch\":" + Json.write(position.epoch()) + "}";
        String body = "{\"channel\":" + Json.write(attempt.channel()) + ",\"limit\":1,\"since\":" + since + "}";
        try {
            HttpResponse<String> response = http.send(request("history", body), HttpResponse.BodyHandlers.ofString());
            HistoryReply reply = Json.read(response.body(), HistoryReply.class);
            if (response.statusCode() != OK || reply.result() == null) {
                return Optional.empty();
            }
            List<Publication> found = reply.result().publications();
            boolean trimmed = reply.result().offset() - position.offset() >= kept;
            return trimmed
                    ? Optional.empty()
                    : Optional.of(new ReadBack(
                            attempt.channel(), position.offset(), clock.getAsLong(), found(found, attempt, position)));
        } catch (IOException | MalformedJson e) {
            return Optional.empty();
        }
    }

    private static ReadBack.Found found(List<Publication> publications, Attempt attempt, Position position) {
        if (publications.isEmpty() || publications.getFirst().offset() != position.offset()) {
            return ReadBack.Found.NOTHING;
        }
        boolean same = Payloads.digest(publications.getFirst().data().text()) == attempt.digest();
        return same ? ReadBack.Found.THE_PUBLICATION : ReadBack.Found.OTHER_DATA;
    }

    /** The history method's answer, as far as it matters here. */
    record HistoryReply(Result.History result) {}

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
                    Optional.of(
                            target.api() + " answered " + response.statusCode() + ": is it Carillon that runs there?");
            };
        } catch (IOException e) {
            return Optional.of("nothing answers at " + target.api()
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
