package io.carillon.local.load;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** One WebSocket of a client, from the handshake to its end. What happens to it is told in order, one at a time. */
final class Wire implements WebSocket.Listener {

    /** What a client hears of its socket. */
    interface Owner {
        void opened(Wire wire);

        void frame(Wire wire, String text);

        /** The socket is no more, or never came to be. */
        void ended(Wire wire, int code, String reason);
    }

    /** Close code for a socket that ended without a close frame. Source: RFC 6455, 7.4.1. */
    static final int ABNORMAL = 1006;

    private final Owner owner;
    private final StringBuilder partial = new StringBuilder();
    private final CompletableFuture<WebSocket> socket = new CompletableFuture<>();
    private CompletableFuture<WebSocket> sent = socket;

    Wire(Owner owner) {
        this.owner = owner;
    }

    /** Opens the socket under a User-Agent; the owner hears of it. */
    void open(HttpClient http, URI uri, String agent, Duration timeout) {
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

    /** Sends a frame, after those sent before. */
    synchronized void send(String text) {
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

    /** Ends the socket as a lost network does, without a close frame. */
    void abort() {
        socket.thenAccept(WebSocket::abort);
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
