package io.carillon.local.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.config.Channels;
import io.carillon.config.Config;
import io.carillon.config.ResolvedChannel;
import io.carillon.events.Json;
import io.carillon.events.MalformedJson;
import io.carillon.token.TokenIssuer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Calls a running Carillon from outside: its server API, its clock, and one round trip of a client. */
public final class ServerCheck {

    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    /** Tokens and API Gateway's signatures bear no more. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(30);

    private static final int UNAUTHORIZED = 401;
    private static final int OK = 200;

    private final HttpClient http;
    private final Config config;
    private final URI url;
    private final URI webSocket;
    private final Optional<String> token;
    private final InstantSource clock;

    /**
     * Starts.
     *
     * @param url the HTTP API's address, with its stage if it has one
     * @param token connects where the configuration holds no secret to make one with
     */
    public ServerCheck(
            HttpClient http, Config config, URI url, URI webSocket, Optional<String> token, InstantSource clock) {
        this.http = http;
        this.config = config;
        this.url = url;
        this.webSocket = webSocket;
        this.token = token;
        this.clock = clock;
    }

    /** Looks. */
    public List<Finding> look() throws InterruptedException {
        List<Finding> found = new ArrayList<>();
        HttpResponse<String> answer;
        try {
            answer = post("info", Map.of());
        } catch (IOException e) {
            found.add(
                    Finding.problem(
                            "domain",
                            "nothing answers at " + url + " (" + e.getClass().getSimpleName() + ")",
                            "start it with ./carillon dev, or name --url; for a custom domain check its DNS record and certificate"));
            return found;
        }
        if (answer.statusCode() == UNAUTHORIZED) {
            found.add(Finding.problem(
                    "API key",
                    "the server API refuses the key",
                    "name the deployed configuration with --config, or the key with --key"));
            return found;
        }
        if (answer.statusCode() != OK) {
            found.add(Finding.problem(
                    "server API",
                    "POST " + url + "/api/info answers " + answer.statusCode(),
                    "check that --url is the HTTP API's address with its stage, and the log of the api function"));
            return found;
        }
        found.add(Finding.ok("server API", "answers at " + url + " with this key"));
        answer.headers().firstValue("date").flatMap(this::skew).ifPresent(found::add);
        found.addAll(roundTrip());
        return found;
    }

    private Optional<Finding> skew(String date) {
        try {
            Instant theirs = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration skew = Duration.between(theirs, clock.instant()).abs();
            return Optional.of(
                    skew.compareTo(CLOCK_TOLERANCE) > 0
                            ? Finding.problem(
                                    "clock",
                                    "this machine's clock differs from the server's by " + skew.toSeconds() + " s",
                                    "set the clock (NTP) of every machine that makes tokens: theirs would be expired, or"
                                            + " not valid yet")
                            : Finding.ok("clock", "agrees with the server's"));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private List<Finding> roundTrip() throws InterruptedException {
        String user = RoundTrip.newUser();
        String secret = config.client().token().hmacSecretKey();
        if (token.isEmpty() && secret.isEmpty()) {
            return List.of(Finding.warning(
                    "token",
                    "no client was tried: the configuration holds no secret to make a token with",
                    "name a connection token with --token"));
        }
        try {
            RoundTrip trip = new RoundTrip(http, webSocket, this::call, channel());
            return token.isPresent()
                    ? trip.look(Optional.empty(), token.get())
                    : trip.look(
                            Optional.of(user),
                            new TokenIssuer(secret, clock).connection(user).sign());
        } catch (IllegalStateException e) {
            return List.of(Finding.problem("server API", e.getMessage(), "look into the log of the api function"));
        }
    }

    private Optional<String> channel() {
        Channels channels = new Channels(config);
        return config.channel().namespaces().stream()
                .filter(namespace -> namespace.options().hasHistory())
                .map(namespace -> namespace.name() + config.channel().namespaceBoundary() + "carillon-doctor")
                .filter(name -> channels.resolve(name) instanceof ResolvedChannel)
                .findFirst();
    }

    private String call(String method, Object request) {
        try {
            HttpResponse<String> answer = post(method, request);
            if (answer.statusCode() != OK
                    || Json.read(answer.body(), JsonNode.class).has("error")) {
                throw new IllegalStateException(method + " was refused: " + answer.statusCode() + " " + answer.body());
            }
            return answer.body();
        } catch (IOException | MalformedJson e) {
            throw new IllegalStateException(method + " failed: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private HttpResponse<String> post(String method, Object request) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(url + "/api/" + method))
                        .timeout(TIMEOUT)
                        .header("X-API-Key", config.httpApi().key())
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(Json.write(request)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
