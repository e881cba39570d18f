package io.carillon.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.events.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/** A client that keeps what it has not looked at yet. */
final class SteppingClient implements WebSocket.Listener, AutoCloseable {

    /** Long enough for any machine on which a step can be done at all. */
    private static final Duration PATIENT = Duration.ofSeconds(60);

    /** Long enough to see that something never comes; a slow machine only makes it surer. */
    private static final Duration HASTY = Duration.ofSeconds(4);

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final BlockingQueue<JsonNode> frames = new LinkedBlockingQueue<>();
    private final StringBuilder partial = new StringBuilder();
    private final WebSocket socket;
    private final String doomed;

    /**
     * Opens a connection.
     *
     * @param doomed the step that cannot succeed, and gets no more time than it takes to see that
     */
    SteppingClient(int port, String doomed) throws StepFailed, InterruptedException {
        this.doomed = doomed;
        try {
            socket = HTTP.newWebSocketBuilder()
                    .buildAsync(URI.create("ws://127.0.0.1:" + port + "/connection/websocket"), this)
                    .get(PATIENT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new StepFailed("handshake");
        }
    }

    JsonNode ask(String command, String frame) throws StepFailed, InterruptedException {
        say(frame);
        return await(command, reply -> reply.has(command));
    }

    void say(String frame) {
        socket.sendText(frame, true).join();
    }

    JsonNode await(String step, Predicate<JsonNode> wanted) throws StepFailed, InterruptedException {
        long end = System.nanoTime() + (step.equals(doomed) ? HASTY : PATIENT).toNanos();
        while (true) {
            JsonNode frame = frames.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (frame == null) {
                throw new StepFailed(step);
            }
            if (wanted.test(frame)) {
                return frame;
            }
        }
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
        partial.append(text);
        if (last) {
            partial.toString()
                    .lines()
                    .map(line -> Json.read(line, JsonNode.class))
                    .forEach(frames::add);
            partial.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public void close() {
        socket.abort();
    }
}
