package io.carillon.local.doctor;

import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Keeps what a WebSocket brings, line by line, until somebody waits for it. */
final class Listener implements WebSocket.Listener {

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final StringBuilder partial = new StringBuilder();

    /** Waits for a line that has a text in it; false if none comes in time. Lines before it are dropped. */
    boolean heard(String text, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        String line = "";
        while (line != null && !line.contains(text)) {
            line = lines.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
        return line != null;
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            partial.toString().lines().forEach(lines::add);
            partial.setLength(0);
        }
        socket.request(1);
        return null;
    }
}
