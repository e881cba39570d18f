package io.carillon.local.doctor;

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
 * Connects as a user whom nobody else is, and lets the server subscribe it, publish to it and disconnect it: that goes through
 * all functions, both queues' ends and the callback URL.
 */
final class RoundTrip {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final HttpClient http;
    private final URI webSocket;
    private final Api api;
    private final Optional<String> channel;

    /** Calls the server API. */
    interface Api {
        /** Gives the answer's body; fails if the API does not answer 200. */
        String call(String method, Object request);
    }

    /**
     * Starts.
     *
     * @param channel a channel with history; empty where there is none to try
     */
    RoundTrip(HttpClient http, URI webSocket, Api api, Optional<String> channel) {
        this.http = http;
        this.webSocket = webSocket;
        this.api = api;
        this.channel = channel;
    }

    static String newUser() {
        return "carillon-doctor-" + UUID.randomUUID();
    }

    /**
     * Tries it; a finding for each stretch of the way, up to the first that fails.
     *
     * @param user whom the token names, and whose connections all may be disconnected; empty to do no more than connect
     */
    List<Finding> look(Optional<String> user, String token) throws InterruptedException {
        List<Finding> found = new ArrayList<>();
        Listener listener = new Listener();
        WebSocket socket;
        try {
            socket = http.newWebSocketBuilder()
                    .buildAsync(webSocket, listener)
                    .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .join();
        } catch (CompletionException e) {
            return List.of(Finding.problem(
                    "domain",
                    "no WebSocket opens at " + webSocket + ": " + e.getCause(),
                    "check --ws-url: it is the WebSocket API's address with its stage, or the custom domain's; and the"
                            + " log of the connect function"));
        }
        try {
            socket.sendText("{\"id\":1,\"connect\":{\"token\":" + Json.write(token) + "}}", true);
            if (!listener.heard("\"client\":", PATIENCE)) {
                found.add(Finding.problem(
                        "token",
                        "the connect command was not answered with success",
                        "check that the configuration named with --config is the deployed one, its keys above all,"
                                + " and the log of the message function"));
                return found;
            }
            found.add(Finding.ok("token", "a token of this configuration connects at " + webSocket));
            if (user.isEmpty() || channel.isPresent() && !delivered(found, listener, user.get())) {
                return found;
            }
            api.call("disconnect", Map.of("user", user.get()));
            found.add(
                    listener.heard("\"disconnect\":", PATIENCE)
                            ? Finding.ok("callback URL", "what is posted to a connection arrives")
                            : Finding.problem(
                                    "callback URL",
                                    "what is posted to a connection does not arrive",
                                    "check CARILLON_CALLBACK_URL (the WebSocket API's own https address with its stage, no"
                                            + " custom domain) and that the role may execute-api:ManageConnections"));
            return found;
        } finally {
            socket.abort();
        }
    }

    private boolean delivered(List<Finding> found, Listener listener, String user) throws InterruptedException {
        api.call("subscribe", Map.of("user", user, "channel", channel.orElseThrow()));
        boolean isSubscribed = listener.heard("\"subscribe\":", PATIENCE);
        long began = System.nanoTime();
        if (isSubscribed) {
            api.call("publish", Map.of("channel", channel.orElseThrow(), "data", Map.of("from", "carillon doctor")));
        }
        if (isSubscribed && listener.heard("\"pub\":", PATIENCE)) {
            found.add(Finding.ok(
                    "delivery",
                    "a publication to %s arrived after %d ms"
                            .formatted(channel.orElseThrow(), (System.nanoTime() - began) / 1_000_000)));
            return true;
        }
        found.add(Finding.problem(
                "delivery",
                (isSubscribed ? "a publication" : "a subscription") + " did not arrive within " + PATIENCE.toSeconds()
                        + " s",
                "look for errors in the log of the deliver function, at the age of the oldest mail, and check"
                        + " CARILLON_CALLBACK_URL and execute-api:ManageConnections"));
        return false;
    }
}
