package io.carillon.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A WebSocket client on the JDK's own, which keeps what it received. */
final class TestClient implements WebSocket.Listener, AutoCloseable {

    /** How the other side ended the connection. */
    record Close(int code, String reason) {}

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final CompletableFuture<Close> close = new CompletableFuture<>();
    private final StringBuilder partial = new StringBuilder();
    private WebSocket socket;

    private TestClient() {}

    static TestClient connect(LocalGateway gateway) {
        return connect(gateway, "/connection/websocket");
    }

    static TestClient connect(LocalGateway gateway, String path, String... subprotocols) {
        TestClient client = new TestClient();
        WebSocket.Builder builder = HTTP.newWebSocketBuilder();
        if (subprotocols.length > 0) {
            builder.subprotocols(subprotocols[0], java.util.Arrays.copyOfRange(subprotocols, 1, subprotocols.length));
        }
        client.socket = builder.buildAsync(URI.create("ws://127.0.0.1:" + gateway.port() + path), client)
                .orTimeout(60, TimeUnit.SECONDS)
                .join();
        return client;
    }

    /** Tries to connect, and gives the HTTP status with which the handshake was refused. */
    static int refusal(LocalGateway gateway) {
        int status = statusOf(gateway);
        assertThat(status).isNotEqualTo(101);
        return status;
    }

    /** Tries to connect, and gives the HTTP status of the handshake: 101 if it was let in. */
    static int statusOf(LocalGateway gateway) {
        try {
            connect(gateway).close();
            return 101;
        } catch (CompletionException e) {
            return ((WebSocketHandshakeException) e.getCause()).getResponse().statusCode();
        }
    }

    TestClient send(String text) {
        socket.sendText(text, true).orTimeout(60, TimeUnit.SECONDS).join();
        return this;
    }

    WebSocket socket() {
        return socket;
    }

    String subprotocol() {
        return socket.getSubprotocol();
    }

    String message() throws InterruptedException {
        String message = messages.poll(60, TimeUnit.SECONDS);
        assertThat(message).as("a message").isNotNull();
        return message;
    }

    int waiting() {
        return messages.size();
    }

    Close closed() {
        return close.orTimeout(60, TimeUnit.SECONDS).join();
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            messages.add(partial.toString());
            partial.setLength(0);
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        close.complete(new Close(statusCode, reason));
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        close.complete(new Close(1006, String.valueOf(error)));
    }

    @Override
    public void close() {
        socket.abort();
    }
}
