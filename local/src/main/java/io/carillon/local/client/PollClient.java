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
 * <p>For use by one thread.
 */
public final class PollClient {

    private static final int OK = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final HttpClient http;
    private final URI base;
    private final String session;
    private long ack;

    private PollClient(HttpClient http, URI base, String session) {
        this.http = http;
        this.base = base;
        this.session = session;
    }

    /**
     * Opens a connection.
     *
     * @param server such as {@code http://127.0.0.1:8000}
     * @throws IllegalStateException if the server refuses
     */
    public static PollClient open(HttpClient http, URI server) throws InterruptedException {
        URI base = server.resolve("/connection/long_poll/");
        return new PollClient(
                http,
                base,
                post(http, base.resolve("open"), "{}").path("session").asText());
    }

    /** Sends a frame; gives the lines that its answer brings. */
    public List<String> send(String frame) throws InterruptedException {
        return exchange("send", frame);
    }

    /** Asks once; gives the lines that have come. */
    public List<String> poll() throws InterruptedException {
        return exchange("poll", "");
    }

    private List<String> exchange(String action, String frame) throws InterruptedException {
        String body = Json.write(Map.of("session", session, "ack", ack, "frame", frame));
        JsonNode answer = post(http, base.resolve(action), body);
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
        return lines;
    }

    private static JsonNode post(HttpClient http, URI uri, String body) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .timeout(PATIENCE)
                .POST(BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() != OK) {
                throw new IllegalStateException("long-poll was answered " + response.statusCode());
            }
            return Json.read(response.body(), JsonNode.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
