package io.carillon.session;

import io.carillon.connection.Closer;
import io.carillon.delivery.Poster;
import io.carillon.events.Disconnect;
import io.carillon.events.FrameWriter;
import io.carillon.events.Framing;
import io.carillon.metrics.Metrics;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends connections: tells the client why and whether to come back, closes the socket, and forgets the row. The reason
 * goes ahead as a message because API Gateway lets a server choose neither close code nor reason.
 *
 * <p>Safe for use by several threads.
 */
public final class Endings {

    private static final Logger LOG = LoggerFactory.getLogger(Endings.class);

    private final Poster poster;
    private final Closer closer;
    private final Metrics metrics;

    public Endings(Poster poster, Closer closer, Metrics metrics) {
        this.poster = poster;
        this.closer = closer;
        this.metrics = metrics;
    }

    /** Ends a connection; does nothing more than forget it if it is gone already. */
    public void end(String connection, Disconnect disconnect) {
        end(connection, List.of(), disconnect);
    }

    /** Closes and forgets a connection that takes no more messages. */
    void drop(String connection) {
        poster.close(connection).toCompletableFuture().join();
        try {
            closer.forget(connection);
        } catch (RuntimeException e) {
            LOG.error("{} is closed and could not be forgotten; $disconnect or the heartbeat will", connection, e);
        }
    }

    /** Ends a connection after some last lines. */
    void end(String connection, List<String> last, Disconnect disconnect) {
        metrics.code(disconnect.code());
        List<String> lines = new ArrayList<>(last);
        lines.add(FrameWriter.disconnect(disconnect));
        for (String frame : Framing.join(lines)) {
            poster.post(connection, frame.getBytes(StandardCharsets.UTF_8))
                    .toCompletableFuture()
                    .join();
        }
        drop(connection);
    }
}
