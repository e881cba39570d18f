package io.carillon.testing;

import java.util.ArrayList;
import java.util.List;

/** One connection of a {@link TestCarillon}: sends frames, and keeps the lines that it receives in their order. */
public final class TestClient {

    private final TestCarillon carillon;
    private final String id;
    private final List<String> received = new ArrayList<>();
    private final List<String> frames = new ArrayList<>();
    private int collected;

    TestClient(TestCarillon carillon, String id) {
        this.carillon = carillon;
        this.id = id;
    }

    /** API Gateway's id of the connection. */
    public String id() {
        return id;
    }

    /** The id that the client was told in the connect reply. */
    public String client() {
        return carillon.row(this).client();
    }

    /** Sends one frame of several lines, and takes what comes back at once and from the mailboxes. */
    public TestClient sends(String... lines) {
        String answer = carillon.handle(id, String.join("\n", lines));
        collect();
        if (!answer.isEmpty()) {
            take(answer);
        }
        carillon.settle();
        return this;
    }

    /** The lines received since the last call. */
    public List<String> received() {
        List<String> lines = List.copyOf(received);
        received.clear();
        return lines;
    }

    /** All frames received so far. */
    public List<String> frames() {
        return List.copyOf(frames);
    }

    /** Whether the server closed the connection. */
    public boolean isClosed() {
        return carillon.poster().closed().contains(id);
    }

    synchronized void collect() {
        List<String> posted = carillon.poster().frames(id);
        posted.subList(collected, posted.size()).forEach(this::take);
        collected = posted.size();
    }

    private void take(String frame) {
        frames.add(frame);
        received.addAll(frame.lines().toList());
    }
}
