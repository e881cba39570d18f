package io.carillon.fakes;

import io.carillon.delivery.Poster;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Records what each connection received. A connection takes everything until a test says otherwise, or until it is
 * closed; then it is gone.
 *
 * <p>Refuses, with an exception, what API Gateway would not pass on: empty and too large messages.
 */
public final class FakePoster implements Poster {

    private final Map<String, List<String>> frames = new HashMap<>();
    private final Map<String, Outcome> outcomes = new HashMap<>();
    private final Map<String, Integer> attempts = new HashMap<>();
    private final Set<String> closed = new HashSet<>();
    private int closes;

    /** Says what becomes of all further messages to a connection. */
    public synchronized void answer(String connection, Outcome outcome) {
        outcomes.put(connection, outcome);
    }

    /** The messages that a connection received, in order. */
    public synchronized List<String> frames(String connection) {
        return List.copyOf(frames.getOrDefault(connection, List.of()));
    }

    /** The lines of all messages that a connection received, in order. */
    public List<String> lines(String connection) {
        return frames(connection).stream().flatMap(String::lines).toList();
    }

    /** Counts the messages that were posted to a connection, whatever became of them. */
    public synchronized int attempts(String connection) {
        return attempts.getOrDefault(connection, 0);
    }

    /** The connections that the server closed. */
    public synchronized Set<String> closed() {
        return Set.copyOf(closed);
    }

    /** Counts the calls that close a connection. */
    public synchronized int closes() {
        return closes;
    }

    /** Forgets all messages, but not what connections answer. */
    public synchronized void clear() {
        frames.clear();
        attempts.clear();
    }

    @Override
    public synchronized CompletionStage<Outcome> post(String connection, byte[] message) {
        if (message.length == 0 || message.length > io.carillon.events.Framing.MAX_MESSAGE) {
            throw new IllegalArgumentException("A message of " + message.length + " bytes");
        }
        attempts.merge(connection, 1, Integer::sum);
        Outcome outcome = outcomes.getOrDefault(connection, Outcome.DELIVERED);
        if (outcome == Outcome.DELIVERED) {
            frames.computeIfAbsent(connection, key -> new ArrayList<>())
                    .add(new String(message, StandardCharsets.UTF_8));
        }
        return CompletableFuture.completedFuture(outcome);
    }

    @Override
    public synchronized CompletionStage<Void> close(String connection) {
        closes++;
        closed.add(connection);
        outcomes.put(connection, Outcome.GONE);
        return CompletableFuture.completedFuture(null);
    }
}
