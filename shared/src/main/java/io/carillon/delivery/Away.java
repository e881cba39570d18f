package io.carillon.delivery;

import io.carillon.connection.Connection;
import io.carillon.connection.Connections;
import io.carillon.connection.Entry;
import io.carillon.events.FrameWriter;
import io.carillon.events.Push;
import io.carillon.events.Unsubscribe;
import java.util.Optional;
import java.util.Set;

/**
 * Sends a subscriber away to come back: it is told to subscribe again (2500), and recovers from the log what could not
 * be delivered. Meanwhile it stays in presence, and nobody sees it leave or join.
 */
final class Away {

    /** Tells a client library to subscribe again. */
    static String push(String channel) {
        Unsubscribe reason = Unsubscribe.INSUFFICIENT_STATE;
        return FrameWriter.push(channel, new Push.Unsubscribed(reason.code(), reason.reason()));
    }

    private final Connections connections;

    Away(Connections connections) {
        this.connections = connections;
    }

    /**
     * Notes in the connection's row that it may subscribe again. Must come before the push, which the client answers
     * at once.
     */
    void allowReturn(String channel, Subscriber subscriber) {
        Optional<Connection> connection = connections.find(subscriber.connection());
        Optional<Entry> entry = connection.flatMap(found -> found.subscription(channel));
        if (entry.isPresent()
                && entry.get().state() == Entry.State.ACTIVE
                && entry.get().revision() == subscriber.revision()) {
            // Losing this race means that the client has just asked for something else: that stands.
            connections.swap(
                    subscriber.connection(), channel, entry, entry.get().to(Entry.State.AWAY), Set.of());
        }
    }
}
