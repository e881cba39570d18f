package io.carillon.local.doctor;

import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Keeps what a WebSocket brings, line by line, until somebody waits for it. */
final class Listener implements WebSocket.Listener {

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final StringBuilder partial = new StringBuilder();
    private volatile String ending = "";

    /**
     * Waits for a line that has all of some texts in it. Lines before it are dropped.
     *
     * @return empty if none comes in time, or before the connection ends
     */
    Optional<String> heard(Duration patience, String... texts) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        String line = lines.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
        while (line != null && !line.isEmpty() && !Arrays.stream(texts).allMatch(line::contains)) {
            line = lines.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
        return Optional.ofNullable(line).filter(found -> !found.isEmpty());
    }

    /**
     * Says what went wrong, as an end of a sentence: an error or a disconnect that came, or how the connection ended; empty
     * if nothing did.
     */
    String ending() {
        return ending;
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            partial.toString().lines().filter(line -> !line.isEmpty()).forEach(this::add);
            partial.setLength(0);
        }
        socket.request(1);
        return null;
    }

    private void add(String line) {
        if (line.contains("\"error\":") || line.contains("\"disconnect\":")) {
            ending = ", but " + line;
        }
        lines.add(line);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
        end(", but it was closed with " + code + (reason.isEmpty() ? "" : " (" + reason + ")"));
        return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
        end(", but it broke: " + error.getMessage());
    }

    private void end(String how) {
        // The server cannot choose what it closes with; what it sent before says more.
        if (ending.isEmpty()) {
            ending = how;
        }
        lines.add("");
    }
}
