package io.carillon.local.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.events.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * Connects, and lets the server subscribe this one client, publish to it and disconnect it: that goes through all functions,
 * both queues' ends and the callback URL. Other clients of the same user are left alone.
 */
final class RoundTrip {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final HttpClient http;
    private final URI webSocket;
    private final Optional<Api> api;
    private final Optional<String> channel;

    /** Calls the server API. */
    interface Api {
        /** Gives the answer's body; fails if the API does not answer 200. */
        String call(String method, Object request);
    }

    /**
     * Starts.
     *
     * @param api empty where its key is not known, to do no more than connect
     * @param channel a channel to try, best one with history; empty where there is none
     */
    RoundTrip(HttpClient http, URI webSocket, Optional<Api> api, Optional<String> channel) {
        this.http = http;
        this.webSocket = webSocket;
        this.api = api;
        this.channel = channel;
    }

    /** Tries it; a finding for each stretch of the way, up to the first that fails. */
    List<Finding> look(Visitor visitor) throws InterruptedException {
        Listener listener = new Listener();
        WebSocket socket;
        try {
            socket = http.newWebSocketBuilder()
                    .buildAsync(webSocket, listener)
                    .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof IllegalArgumentException) {
                return List.of(Finding.problem(
                        "domain",
                        webSocket + " is no address of a WebSocket API",
                        "write --ws-url as wss://…, or ws://… for ./carillon dev"));
            }
            return List.of(Finding.problem(
                    "domain",
                    "no WebSocket opens at " + webSocket + ": " + e.getCause(),
                    "check --ws-url: it is the WebSocket API's address with its stage, or the custom domain's; and the"
                            + " log of the connect function"));
        }
        try {
            socket.sendText("{\"id\":1,\"connect\":{\"token\":" + Json.write(visitor.token()) + "}}", true);
            Optional<String> reply = listener.heard(PATIENCE, "\"client\":");
            if (reply.isEmpty()) {
                return List.of(Finding.problem(
                        "token",
                        "the connect command was not answered with success" + listener.ending(),
                        "check that --config and the secrets are those of this deployment, or that the token is of its"
                                + " issuer and has not expired; and the log of the message function"));
            }
            String client = client(reply.get());
            List<Finding> found = new ArrayList<>();
            found.add(Finding.ok(
                    "token",
                    visitor.token().isEmpty()
                            ? "an anonymous client connects at " + webSocket
                            : "a token of this configuration connects at " + webSocket));
            found.addAll(whatComesBack(listener, visitor, client));
            return found;
        } finally {
            socket.abort();
        }
    }

    private static String client(String reply) {
        return Json.read(reply, JsonNode.class).path("connect").path("client").asText();
    }

    private List<Finding> whatComesBack(Listener listener, Visitor visitor, String client) throws InterruptedException {
        if (api.isEmpty()) {
            return List.of(Finding.warning(
                    "delivery",
                    "was not tried, nor was the callback URL: the API key is not known",
                    ServerCheck.NAME_KEY));
        }
        if (visitor.isAnonymous()) {
            return List.of(Finding.warning(
                    "delivery",
                    "was not tried, nor was the callback URL: the server API cannot name an anonymous client",
                    "name a connection token of a user with --token"));
        }
        Map<String, String> whom = Map.of("user", visitor.user(), "client", client);
        List<Finding> found = new ArrayList<>();
        Finding delivery = channel.isPresent()
                ? delivery(listener, whom, channel.get())
                : Finding.warning(
                        "delivery",
                        "was not tried: no channel could be made up that channel_regex lets pass",
                        "name one with --channel");
        found.add(delivery);
        if (delivery.grade() != Finding.Grade.PROBLEM) {
            found.add(callback(listener, whom));
        }
        return found;
    }

    private Finding delivery(Listener listener, Map<String, String> whom, String name) throws InterruptedException {
        api.orElseThrow()
                .call("subscribe", Map.of("user", whom.get("user"), "client", whom.get("client"), "channel", name));
        boolean isSubscribed =
                listener.heard(PATIENCE, "\"subscribe\":", Json.write(name)).isPresent();
        String mark = UUID.randomUUID().toString();
        long began = System.nanoTime();
        if (isSubscribed) {
            api.orElseThrow()
                    .call("publish", Map.of("channel", name, "data", Map.of("from", "carillon doctor", "mark", mark)));
        }
        if (isSubscribed && listener.heard(PATIENCE, "\"pub\":", mark).isPresent()) {
            return Finding.ok(
                    "delivery",
                    "a publication to %s arrived after %d ms".formatted(name, (System.nanoTime() - began) / 1_000_000));
        }
        return Finding.problem(
                "delivery",
                (isSubscribed ? "a publication" : "a subscription") + " to " + name + " did not arrive within "
                        + PATIENCE.toSeconds() + " s" + listener.ending(),
                "look for errors in the log of the deliver function, at the age of the oldest mail, and check"
                        + " CARILLON_CALLBACK_URL and execute-api:ManageConnections");
    }

    private Finding callback(Listener listener, Map<String, String> whom) throws InterruptedException {
        api.orElseThrow().call("disconnect", whom);
        return listener.heard(PATIENCE, "\"disconnect\":").isPresent()
                ? Finding.ok("callback URL", "what is posted to a connection arrives")
                : Finding.problem(
                        "callback URL",
                        "what is posted to a connection does not arrive" + listener.ending(),
                        "check CARILLON_CALLBACK_URL (the WebSocket API's own https address with its stage, no"
                                + " custom domain) and that the role may execute-api:ManageConnections");
    }
}
