package io.carillon.benchmarks;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** A subscriber that counts: frames with publications, and the publications in them. */
final class Listener implements WebSocket.Listener {

    private static final String PUBLICATION = "\"pub\":";
    private static final String REPLY = "\"id\":2";

    private final StringBuilder partial = new StringBuilder();
    private final CompletableFuture<String> subscribed = new CompletableFuture<>();
    private WebSocket socket;
    private long frames;
    private long publications;

    private Listener() {}

    /** Connects and subscribes, and returns when that is answered. */
    static Listener subscribe(HttpClient http, int port, String channel) {
        Listener listener = new Listener();
        listener.socket = http.newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/connection/websocket"), listener)
                .orTimeout(10, TimeUnit.SECONDS)
                .join();
        listener.socket.sendText(
                "{\"id\":1,\"connect\":{}}\n{\"id\":2,\"subscribe\":{\"channel\":\"" + channel + "\"}}", true);
        String answer = listener.subscribed.orTimeout(20, TimeUnit.SECONDS).join();
        if (!answer.contains("\"subscribe\"")) {
            throw new IllegalStateException("The subscribe command was refused: " + answer);
        }
        return listener;
    }

    synchronized long frames() {
        return frames;
    }

    /** Waits until so many publications have come. */
    synchronized void await(long number, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (publications < number) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new IllegalStateException("Of " + number + " publications came " + publications);
            }
            wait(left);
        }
    }

    void close() {
        socket.abort();
    }

    @Override
    public synchronized CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            take(partial.toString());
            partial.setLength(0);
        }
        webSocket.request(1);
        return CompletableFuture.completedStage(null);
    }

    private void take(String frame) {
        long contained = frame.split(PUBLICATION, -1).length - 1L;
        publications += contained;
        frames += contained > 0 ? 1 : 0;
        if (frame.contains(REPLY)) {
            subscribed.complete(frame);
        }
        notifyAll();
    }
}
