package io.carillon.local.attacks;

import io.carillon.local.Await;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A WebSocket client that sends what it is told and keeps the lines that it receives. */
final class Attacker implements WebSocket.Listener, AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final AtomicInteger closeCode = new AtomicInteger();
    private final StringBuilder partial = new StringBuilder();
    private WebSocket socket;

    static Attacker open(int port) {
        Attacker attacker = new Attacker();
        attacker.socket =
                HTTP.newWebSocketBuilder().buildAsync(address(port), attacker).join();
        return attacker;
    }

    /** Tries to open a socket from a page of an origin; gives the status of the handshake. */
    static int handshake(int port, String origin) {
        try {
            HTTP.newWebSocketBuilder()
                    .header("Origin", origin)
                    .buildAsync(address(port), new Attacker())
                    .join()
                    .abort();
            return 101;
        } catch (CompletionException e) {
            return ((WebSocketHandshakeException) e.getCause()).getResponse().statusCode();
        }
    }

    private static URI address(int port) {
        return URI.create("ws://127.0.0.1:" + port + "/connection/websocket");
    }

    Attacker connect(String token) {
        return send("{\"id\":1,\"connect\":{\"token\":\"" + token + "\"}}");
    }

    Attacker send(String frame) {
        socket.sendText(frame, true).join();
        return this;
    }

    Attacker awaitLine(String part) {
        Await.until(() -> lines.stream().anyMatch(line -> line.contains(part)));
        return this;
    }

    long count(String part) {
        return lines.stream().filter(line -> line.contains(part)).count();
    }

    int closed() {
        Await.until(() -> closeCode.get() > 0);
        return closeCode.get();
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
        partial.append(text);
        if (last) {
            partial.toString().lines().forEach(lines::add);
            partial.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closeCode.set(code);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closeCode.set(1006);
    }

    @Override
    public void close() {
        socket.abort();
    }
}
