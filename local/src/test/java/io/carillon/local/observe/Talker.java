package io.carillon.local.observe;

import io.carillon.local.Await;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletionStage;

/** A client that sends whatever it is told. */
public final class Talker implements WebSocket.Listener, AutoCloseable {

    private final StringBuffer heard = new StringBuffer();
    private final WebSocket socket;

    public Talker(HttpClient http, int port) {
        socket = http.newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/connection/websocket"), this)
                .join();
    }

    /** Sends, and waits for a text to come. */
    public void send(String text, String answer) {
        socket.sendText(text, true).join();
        hears(answer);
    }

    /** Waits for a text to come. */
    public void hears(String answer) {
        Await.until(() -> heard.indexOf(answer) >= 0);
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        heard.append(data);
        from.request(1);
        return null;
    }

    @Override
    public void close() {
        socket.abort();
    }
}
