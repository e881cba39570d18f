package io.carillon.local.regions;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.events.Json;
import io.carillon.events.Position;
import io.carillon.local.Await;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** One connection of a client in one channel, and all that it was told there. Safe for use by several threads. */
final class Visit implements WebSocket.Listener, AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final StringBuilder partial = new StringBuilder();
    private final List<JsonNode> publications = new ArrayList<>();
    private final WebSocket socket;
    private JsonNode reply = Json.read("{}", JsonNode.class);
    private Position position = Position.NONE;
    private int unsubscribed;
    private boolean closed;

    private Visit(int port, String subscribe) {
        socket = HTTP.newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/connection/websocket"), this)
                .join();
        socket.sendText("{\"id\":1,\"connect\":{}}\n{\"id\":2,\"subscribe\":" + subscribe + "}", true)
                .join();
        Await.until("the subscribe reply", () -> !reply().isEmpty());
    }

    /** Comes for the first time. */
    static Visit to(int port, String channel) {
        return new Visit(port, "{\"channel\":\"" + channel + "\"}");
    }

    /** Comes back, and asks for what was missed since a position. */
    static Visit to(int port, String channel, Position since) {
        return new Visit(
                port,
                "{\"channel\":\"" + channel + "\",\"recover\":true,\"offset\":" + since.offset() + ",\"epoch\":\""
                        + since.epoch() + "\"}");
    }

    synchronized JsonNode reply() {
        return reply;
    }

    synchronized boolean recovered() {
        return reply.path("recovered").asBoolean();
    }

    /** Where the log stood when the client came. */
    Position start() {
        return new Position(
                reply().path("offset").asLong(), reply().path("epoch").asText());
    }

    /** What came with the reply and after it. */
    synchronized List<JsonNode> publications() {
        return List.copyOf(publications);
    }

    synchronized List<String> data() {
        return publications.stream().map(one -> one.path("data").asText()).toList();
    }

    /** How far the client has got, which is what a library would send when it comes back. */
    synchronized Position position() {
        return position;
    }

    /** The code that the server has ended the subscription with; 0 if it has not. */
    synchronized int unsubscribed() {
        return unsubscribed;
    }

    synchronized boolean isClosed() {
        return closed;
    }

    @Override
    public synchronized CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
        partial.append(text);
        if (last) {
            partial.toString().lines().forEach(this::take);
            partial.setLength(0);
        }
        from.request(1);
        return null;
    }

    private void take(String line) {
        JsonNode message = Json.read(line, JsonNode.class);
        if (message.has("subscribe")) {
            reply = message.get("subscribe");
            position = start();
            reply.path("publications").forEach(publications::add);
        }
        unsubscribed =
                Math.max(unsubscribed, message.at("/push/unsubscribe/code").asInt());
        JsonNode publication = message.at("/push/pub");
        if (publication.isObject()) {
            publications.add(publication);
            position = position.at(publication.path("offset").asLong());
        }
    }

    @Override
    public synchronized CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closed = true;
        return null;
    }

    @Override
    public synchronized void onError(WebSocket from, Throwable error) {
        closed = true;
    }

    @Override
    public void close() {
        socket.abort();
    }
}
