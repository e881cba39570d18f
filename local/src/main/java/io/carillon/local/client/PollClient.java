package io.carillon.local.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.events.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A long-poll connection that asks only when it is told to. Skips messages that it has had.
 *
 * <p>Each call throws {@link Refused} if it is answered with another status than 200, and {@link UncheckedIOException} if
 * it is not answered: after a minute at the latest, unless said otherwise. For use by one thread; {@link #close} may be
 * called by any.
 */
public final class PollClient {

    private static final int OK = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Caller caller;
    private final String session;
    private final Intervals intervals;
    private long ack;
    private boolean closed;

    /** How requests are made: {@code base} ends with {@code /connection/long_poll/}. */
    public record Caller(HttpClient http, URI base, String agent, Duration patience) {

        private JsonNode post(String action, String body) throws InterruptedException {
            HttpRequest request = HttpRequest.newBuilder(base.resolve(action))
                    .header("User-Agent", agent)
                    .timeout(patience)
                    .POST(BodyPublishers.ofString(body))
                    .build();
            try {
                HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
                if (response.statusCode() != OK) {
                    throw new Refused(action, response.statusCode());
                }
                return Json.read(response.body(), JsonNode.class);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** How long the server asks to wait between two polls: {@code min} while messages come, {@code max} while none do. */
    public record Intervals(Duration min, Duration max) {}

    /** A request was answered with another status than 200. */
    public static final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1;

        private final int status;

        Refused(String action, int status) {
            super("long-poll's " + action + " was answered " + status);
            this.status = status;
        }

        public int status() {
            return status;
        }
    }

    private PollClient(Caller caller, String session, Intervals intervals) {
        this.caller = caller;
        this.session = session;
        this.intervals = intervals;
    }

    /**
     * Opens a connection.
     *
     * @param server such as {@code http://127.0.0.1:8000}
     */
    public static PollClient open(HttpClient http, URI server) throws InterruptedException {
        return open(new Caller(http, server.resolve("/connection/long_poll/"), "carillon", PATIENCE));
    }

    /** Opens a connection. */
    public static PollClient open(Caller caller) throws InterruptedException {
        JsonNode opened = caller.post("open", "{}");
        return new PollClient(
                caller,
                opened.path("session").asText(),
                new Intervals(
                        Duration.ofMillis(opened.path("minInterval").asLong()),
                        Duration.ofMillis(opened.path("maxInterval").asLong())));
    }

    public Intervals intervals() {
        return intervals;
    }

    /** Sends a frame; gives the lines that its answer brings. */
    public List<String> send(String frame) throws InterruptedException {
        return exchange("send", frame);
    }

    /** Asks once; gives the lines that have come. */
    public List<String> poll() throws InterruptedException {
        return exchange("poll", "");
    }

    /** Whether the server has said that nothing more will come. */
    public boolean isClosed() {
        return closed;
    }

    /** Ends the connection. */
    public void close() throws InterruptedException {
        caller.post("close", Json.write(Map.of("session", session)));
    }

    private List<String> exchange(String action, String frame) throws InterruptedException {
        String body = Json.write(Map.of("session", session, "ack", ack, "frame", frame));
        JsonNode answer = caller.post(action, body);
        List<String> lines =
                new ArrayList<>(answer.path("reply").asText().lines().toList());
        long number = answer.path("first").asLong();
        for (JsonNode message : answer.path("messages")) {
            if (number > ack) {
                ack = number;
                message.asText().lines().forEach(lines::add);
            }
            number++;
        }
        closed = answer.path("closed").asBoolean();
        return lines;
    }
}
