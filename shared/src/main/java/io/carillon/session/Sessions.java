package io.carillon.session;

import io.carillon.connection.Connection;
import io.carillon.connection.Connections;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Finds the connection that a frame belongs to. Frames of one connection are handled in parallel, so a frame may be
 * ahead of the one that connects: it waits for a moment.
 */
final class Sessions {

    /** Less than a second in all: client libraries give up after five. */
    static final List<Duration> WAITS = List.of(
            Duration.ofMillis(20),
            Duration.ofMillis(50),
            Duration.ofMillis(100),
            Duration.ofMillis(200),
            Duration.ofMillis(400));

    private final Connections connections;
    private final List<Duration> waits;

    Sessions(Connections connections, List<Duration> waits) {
        this.connections = connections;
        this.waits = waits;
    }

    /** Finds a connection as it stands; empty if it has ended. */
    Optional<Connection> find(String id) {
        return connections.find(id);
    }

    /** Finds a connection, and waits for it to be established; it may still not be when the wait is over. */
    Optional<Connection> established(String id) {
        return await(id, Connection::established);
    }

    /** Finds a connection, and waits for a command that is behind to change it; it may still not be when the wait is over. */
    Optional<Connection> await(String id, Predicate<Connection> change) {
        Optional<Connection> found = connections.find(id);
        for (Duration wait : waits) {
            if (found.isEmpty() || change.test(found.get())) {
                return found;
            }
            pause(wait);
            found = connections.find(id);
        }
        return found;
    }

    private static void pause(Duration wait) {
        try {
            Thread.sleep(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting for a session", e);
        }
    }
}
