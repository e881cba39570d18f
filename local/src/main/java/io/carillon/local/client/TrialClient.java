package io.carillon.local.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.events.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * One connection of the Centrifugo JSON protocol, which lasts for one measurement. Safe for use by several threads.
 */
final class TrialClient implements WebSocket.Listener {

    private static final long CONNECT_ID = 1;

    private final Consumer<JsonNode> publications;
    private final Map<Long, CompletableFuture<JsonNode>> pending = new ConcurrentHashMap<>();
    private final AtomicLong lastId = new AtomicLong(CONNECT_ID);
    private final StringBuilder partial = new StringBuilder();
    private CompletableFuture<WebSocket> sent = new CompletableFuture<>();

    private TrialClient(Consumer<JsonNode> publications) {
        this.publications = publications;
    }

    /**
     * Connects and subscribes, in one frame.
     *
     * @param publications is given the data of each publication
     * @return the client, once the server has answered; fails with what the server refused
     */
    static CompletableFuture<TrialClient> connect(
            HttpClient http, URI uri, String token, Optional<String> channel, Consumer<JsonNode> publications) {
        TrialClient client = new TrialClient(publications);
        CompletableFuture<JsonNode> connected = client.expect(CONNECT_ID);
        StringBuilder frame = new StringBuilder();
        frame.append("{\"id\":1,\"connect\":{\"token\":")
                .append(Json.write(token))
                .append("}}");
        CompletableFuture<JsonNode> last = connected;
        if (channel.isPresent()) {
            long id = client.lastId.incrementAndGet();
            last = client.expect(id);
            frame.append("\n{\"id\":").append(id).append(",\"subscribe\":{\"channel\":");
            frame.append(Json.write(channel.get())).append("}}");
        }
        CompletableFuture<JsonNode> subscribed = last;
        return http.newWebSocketBuilder().buildAsync(uri, client).thenCompose(socket -> {
            client.opened(socket);
            client.send(frame.toString());
            return connected.thenCombine(subscribed, (first, second) -> client);
        });
    }

    private synchronized void opened(WebSocket socket) {
        sent.complete(socket);
    }

    /** Publishes; gives the server's reply. */
    CompletableFuture<JsonNode> publish(String channel, String data) {
        long id = lastId.incrementAndGet();
        CompletableFuture<JsonNode> reply = expect(id);
        send("{\"id\":" + id + ",\"publish\":{\"channel\":" + Json.write(channel) + ",\"data\":" + data + "}}");
        return reply;
    }

    private CompletableFuture<JsonNode> expect(long id) {
        CompletableFuture<JsonNode> reply = new CompletableFuture<>();
        pending.put(id, reply);
        return reply;
    }

    private synchronized void send(String text) {
        sent = sent.thenCompose(socket -> socket.sendText(text, true));
    }

    synchronized void close() {
        sent.thenAccept(WebSocket::abort);
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            String frame = partial.toString();
            partial.setLength(0);
            frame.lines().forEach(this::line);
        }
        socket.request(1);
        return null;
    }

    private void line(String text) {
        JsonNode message = Json.read(text, JsonNode.class);
        JsonNode publication = message.path("push").path("pub");
        if (publication.isObject()) {
            publications.accept(publication.path("data"));
        } else if (message.path("push").has("disconnect")
                || message.path("push").has("unsubscribe")) {
            fail("the server sent it away: " + text);
        } else if (message.has("id")) {
            CompletableFuture<JsonNode> reply =
                    pending.remove(message.path("id").asLong());
            if (reply != null && message.has("error")) {
                reply.completeExceptionally(new IllegalStateException("the server refused a command: " + text));
            } else if (reply != null) {
                reply.complete(message);
            }
        }
    }

    private void fail(String reason) {
        IllegalStateException problem = new IllegalStateException(reason);
        pending.values().forEach(reply -> reply.completeExceptionally(problem));
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
        fail("the connection was closed: " + code + " " + reason);
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable problem) {
        fail("the connection was lost: " + problem);
    }
}
