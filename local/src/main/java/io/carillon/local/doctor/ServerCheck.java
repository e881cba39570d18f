package io.carillon.local.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.config.Channels;
import io.carillon.config.Config;
import io.carillon.config.ResolvedChannel;
import io.carillon.config.SecretSection;
import io.carillon.events.Json;
import io.carillon.events.MalformedJson;
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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Calls a running Carillon from outside: its server API, its clock, and one round trip of a client. */
public final class ServerCheck {

    private static final Duration TIMEOUT = Duration.ofSeconds(15);

    /** Tokens and API Gateway's signatures bear no more. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(30);

    private static final int UNAUTHORIZED = 401;
    private static final int OK = 200;
    private static final String CHANNEL = "carillon-doctor";

    /** What to do about an API key that is not known. */
    static final String NAME_KEY =
            "name the stage with --stage, to read it from Secrets Manager; or the key with --key,"
                    + " or a file that holds it with --secrets";

    private final HttpClient http;
    private final KnownConfig known;
    private final Target target;
    private final Optional<String> token;
    private final InstantSource clock;

    /**
     * What is called.
     *
     * @param url the HTTP API's address, with its stage if it has one
     * @param webSocket the WebSocket API's address, with its stage if it has one
     * @param channel where to publish; one is made up if empty
     */
    public record Target(URI url, URI webSocket, Optional<String> channel) {}

    /**
     * Starts.
     *
     * @param token connects where the configuration holds no secret to make one with
     */
    public ServerCheck(HttpClient http, KnownConfig known, Target target, Optional<String> token, InstantSource clock) {
        this.http = http;
        this.known = known;
        this.target = target;
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
                            "nothing answers at " + target.url() + " ("
                                    + e.getClass().getSimpleName() + ")",
                            "start it with ./carillon dev, or name --stage or --url; for a custom domain check its DNS record and certificate"));
            return found;
        }
        Finding api = api(answer.statusCode());
        found.add(api);
        found.add(answer.headers()
                .firstValue("date")
                .flatMap(this::skew)
                .orElseGet(() -> Finding.warning(
                        "clock",
                        "was not compared: the answer has no Date header that can be read",
                        "check that --url is API Gateway's address or a domain in front of it, and not a proxy's")));
        // Whether a client can connect is worth knowing whatever became of the server API.
        found.addAll(roundTrip(api.grade() == Finding.Grade.OK));
        return found;
    }

    private Finding api(int status) {
        boolean isKnown = known.knows(SecretSection.API);
        if (status == UNAUTHORIZED && !isKnown) {
            return Finding.warning("API key", "is not known; the server API answers at " + target.url(), NAME_KEY);
        }
        if (status == UNAUTHORIZED) {
            return Finding.problem(
                    "API key",
                    "the server API refuses the key",
                    "check that it is this deployment's: " + NAME_KEY + "; a key that was replaced counts for five"
                            + " minutes, and a new one within five minutes");
        }
        if (status != OK) {
            return Finding.problem(
                    "server API",
                    "POST " + target.url() + "/api/info answers " + status,
                    "check that --url is the HTTP API's address with its stage, and the log of the api function");
        }
        return isKnown
                ? Finding.ok("server API", "answers at " + target.url() + " with this key")
                : Finding.problem(
                        "API key",
                        "the server API needs none, although the configuration says so",
                        "deploy the configuration again, without http_api.insecure");
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

    private List<Finding> roundTrip(boolean hasApi) throws InterruptedException {
        Optional<Visitor> visitor = Visitor.of(known, token, clock);
        if (visitor.isEmpty()) {
            return List.of(Finding.warning(
                    "token",
                    "no client was tried, nor delivery, nor the callback URL: there is no secret to make a token with,"
                            + " or audience_regex or issuer_regex is set, which nobody can guess",
                    "name a connection token with --token (./carillon token makes one); where the stack has a secret for tokens, name the stage with"
                            + " --stage, or a file that holds the secret with --secrets"));
        }
        Optional<RoundTrip.Api> api = hasApi ? Optional.of(this::call) : Optional.empty();
        try {
            return new RoundTrip(http, target.webSocket(), api, target.channel().or(this::channel)).look(visitor.get());
        } catch (IllegalStateException e) {
            return List.of(Finding.problem("server API", e.getMessage(), "look into the log of the api function"));
        }
    }

    /** Makes a channel up, best one with history, which takes the longest way. */
    private Optional<String> channel() {
        Config config = known.config();
        Channels channels = new Channels(config);
        return Stream.concat(
                        config.channel().namespaces().stream()
                                .map(namespace ->
                                        namespace.name() + config.channel().namespaceBoundary() + CHANNEL),
                        Stream.of(CHANNEL))
                .map(channels::resolve)
                .filter(ResolvedChannel.class::isInstance)
                .map(ResolvedChannel.class::cast)
                .min(Comparator.comparing(channel -> !channel.options().hasHistory()))
                .map(ResolvedChannel::name);
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
        HttpRequest.Builder call = HttpRequest.newBuilder(URI.create(target.url() + "/api/" + method))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Json.write(request)));
        known.config().httpApi().accepted().stream().findFirst().ifPresent(key -> call.header("X-API-Key", key));
        return http.send(call.build(), HttpResponse.BodyHandlers.ofString());
    }
}
