package io.carillon.local.load;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One WebSocket of a client, from the handshake to its end. */
final class SocketWire implements Wire, WebSocket.Listener {

    private final Owner owner;
    private final StringBuilder partial = new StringBuilder();
    private final CompletableFuture<WebSocket> socket = new CompletableFuture<>();
    private CompletableFuture<WebSocket> sent = socket;

    SocketWire(Owner owner) {
        this.owner = owner;
    }

    @Override
    public void open(HttpClient http, URI uri, String agent, Duration timeout) {
        http.newWebSocketBuilder()
                .connectTimeout(timeout)
                .header("User-Agent", agent)
                .buildAsync(uri, this)
                .whenComplete((opened, problem) -> {
                    if (problem == null) {
                        socket.complete(opened);
                        owner.opened(this);
                        opened.request(1);
                    } else {
                        end(problem);
                    }
                });
    }

    @Override
    public synchronized void send(String text) {
        sent = sent.thenCompose(open -> open.sendText(text, true));
        sent.whenComplete((done, problem) -> {
            if (problem != null) {
                end(problem);
            }
        });
    }

    private void end(Throwable problem) {
        owner.ended(this, ABNORMAL, String.valueOf(problem.getMessage()));
    }

    /** Without a close frame. */
    @Override
    public void abort() {
        socket.thenAccept(WebSocket::abort);
    }

    @Override
    public void abandon() {
        // Whoever does not end a socket leaves it open.
    }

    @Override
    public void stall(boolean stalled) {
        // The server's fault stop-reading does it: it stops what is underneath the socket.
    }

    @Override
    public void onOpen(WebSocket opened) {
        // Nothing is asked for before the owner knows the socket.
    }

    @Override
    public CompletionStage<?> onText(WebSocket source, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            String frame = partial.toString();
            partial.setLength(0);
            owner.frame(this, frame);
        }
        source.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket source, int code, String reason) {
        owner.ended(this, code, reason);
        return null;
    }

    @Override
    public void onError(WebSocket source, Throwable problem) {
        end(problem);
    }
}
