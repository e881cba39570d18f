package io.carillon.local.faults;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.events.Json;
import io.carillon.local.Await;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A client in one channel, which answers pings and keeps the publications it gets. */
final class Subscriber implements WebSocket.Listener, AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final List<JsonNode> publications = new CopyOnWriteArrayList<>();
    private final StringBuilder partial = new StringBuilder();
    private WebSocket socket;
    private volatile JsonNode first;
    private volatile boolean connected;
    private volatile String client = "";
    private volatile boolean subscribed;
    private volatile boolean closed;
    private volatile int disconnect;
    private final AtomicInteger answers = new AtomicInteger();

    /** Comes back to a channel that the server subscribed it to. */
    static Subscriber backTo(int port, String channel) {
        return connected("test", port, "{\"subs\":{\"" + channel + "\":{}}}");
    }

    private static Subscriber connected(String agent, int port, String request) {
        Subscriber subscriber = new Subscriber();
        subscriber.open(agent, port);
        subscriber.send("{\"id\":1,\"connect\":" + request + "}");
        Await.until(() -> subscriber.connected);
        return subscriber;
    }

    /** Tries to connect; gives what it was answered. */
    static JsonNode knock(int port) {
        try (Subscriber subscriber = new Subscriber()) {
            subscriber.open("test", port);
            subscriber.send("{\"id\":1,\"connect\":{}}");
            Await.until("an answer", () -> subscriber.first != null);
            return subscriber.first;
        }
    }

    static Subscriber to(int port, String channel) {
        return as("test", port, channel);
    }

    /** Connects with a User-Agent. */
    static Subscriber as(String agent, int port, String channel) {
        Subscriber subscriber = connected(agent, port, "{}");
        subscriber.send("{\"id\":2,\"subscribe\":{\"channel\":\"" + channel + "\"}}");
        Await.until(() -> subscriber.subscribed);
        return subscriber;
    }

    private void open(String agent, int port) {
        socket = HTTP.newWebSocketBuilder()
                .header("User-Agent", agent)
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/connection/websocket"), this)
                .join();
    }

    private void send(String text) {
        socket.sendText(text, true).join();
    }

    /** Publishes as clients do: without a key to repeat it with. */
    void publish(String channel, int data) {
        send("{\"id\":%d,\"publish\":{\"channel\":\"%s\",\"data\":%d}}".formatted(1000 + data, channel, data));
    }

    /** The id that it was told. */
    String client() {
        return client;
    }

    /** How many of its publishes were answered, be it with an error, or by API Gateway when their function died. */
    int answers() {
        return answers.get();
    }

    List<Long> offsets() {
        return publications.stream().map(one -> one.path("offset").asLong()).toList();
    }

    List<String> data() {
        return publications.stream().map(one -> one.path("data").toString()).toList();
    }

    /** The code that the server has ended the connection with; 0 if it has not. */
    int disconnect() {
        return disconnect;
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
        partial.append(text);
        if (last) {
            partial.toString().lines().forEach(this::take);
            partial.setLength(0);
        }
        from.request(1);
        return null;
    }

    private void take(String line) {
        JsonNode reply = Json.read(line, JsonNode.class);
        first = first == null ? reply : first;
        client += reply.at("/connect/client").asText();
        connected |= reply.has("connect");
        subscribed |= reply.has("subscribe");
        disconnect = Math.max(disconnect, reply.at("/push/disconnect/code").asInt());
        if (reply.path("id").asInt() >= 1000 || reply.has("message")) {
            answers.incrementAndGet();
        }
        JsonNode publication = reply.path("push").path("pub");
        if (publication.isObject()) {
            publications.add(publication);
        }
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed = true;
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closed = true;
    }

    @Override
    public void close() {
        socket.abort();
    }
}
