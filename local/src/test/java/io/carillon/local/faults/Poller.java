package io.carillon.local.faults;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.events.Json;
import io.carillon.local.Await;
import io.carillon.local.client.PollClient;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A long-poll client in one channel. Behaves as libraries do: polls again when a poll fails, starts anew when sending
 * does, and subscribes again when it is told to.
 */
final class Poller implements AutoCloseable {

    /** The status of a connection that has ended. */
    private static final int GONE = 410;

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI server;
    private final String channel;
    private final List<String> data = new ArrayList<>();
    private Optional<PollClient> session = Optional.empty();
    private boolean subscribed;
    private boolean awaitsReply;
    private String epoch = "";
    private long offset;
    private int commands;

    /** Connects and subscribes. */
    Poller(int port, String channel) {
        this.server = URI.create("http://127.0.0.1:" + port);
        this.channel = channel;
        Await.until("the subscription", () -> {
            turn();
            return subscribed;
        });
    }

    /** Does what is to be done next. */
    void turn() {
        try {
            if (session.isEmpty()) {
                connect();
            } else if (subscribed || awaitsReply) {
                poll();
            } else {
                subscribe();
            }
        } catch (InterruptedException e) {
            throw new AssertionError("Interrupted while polling", e);
        }
    }

    private void connect() throws InterruptedException {
        try {
            PollClient opened = PollClient.open(http, server);
            opened.send("{\"id\":1,\"connect\":{}}");
            session = Optional.of(opened);
            commands = 1;
        } catch (PollClient.Refused ignored) {
            // Next time.
        }
    }

    private void poll() throws InterruptedException {
        try {
            session.orElseThrow().poll().forEach(this::take);
        } catch (PollClient.Refused e) {
            if (e.status() == GONE) {
                startAnew();
            }
        }
    }

    private void subscribe() throws InterruptedException {
        commands++;
        String recover =
                epoch.isEmpty() ? "" : ",\"recover\":true,\"offset\":" + offset + ",\"epoch\":\"" + epoch + "\"";
        String command = "{\"id\":" + commands + ",\"subscribe\":{\"channel\":\"" + channel + "\"" + recover + "}}";
        awaitsReply = true;
        try {
            session.orElseThrow().send(command).forEach(this::take);
        } catch (PollClient.Refused e) {
            startAnew();
        }
    }

    private void startAnew() {
        session = Optional.empty();
        subscribed = false;
        awaitsReply = false;
    }

    private void take(String line) {
        JsonNode message = Json.read(line, JsonNode.class);
        if (message.has("subscribe")) {
            JsonNode reply = message.get("subscribe");
            subscribed = true;
            awaitsReply = false;
            epoch = reply.path("epoch").asText();
            reply.path("publications").forEach(this::keep);
            offset = Math.max(offset, reply.path("offset").asLong());
        } else if (message.has("error")) {
            awaitsReply = false;
        } else if (message.at("/push/disconnect").isObject()) {
            startAnew();
        } else if (message.at("/push/unsubscribe").isObject()) {
            subscribed = false;
        } else if (message.at("/push/pub").isObject()) {
            keep(message.at("/push/pub"));
        }
    }

    /** What comes a second time, after a failure, has the same offset. */
    private void keep(JsonNode publication) {
        if (publication.path("offset").asLong() > offset) {
            offset = publication.path("offset").asLong();
            data.add(publication.path("data").asText());
        }
    }

    List<String> data() {
        return List.copyOf(data);
    }

    @Override
    public void close() {
        http.close();
    }
}
