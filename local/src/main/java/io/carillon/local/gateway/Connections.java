package io.carillon.local.gateway;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Knows the connections of this gateway by their ids and, for longer, their sockets: one that ended with a close frame
 * still waits for the client's own.
 */
final class Connections {

    private final Map<String, ClientConnection> open = new ConcurrentHashMap<>();
    private final Set<ClientConnection> sockets = ConcurrentHashMap.newKeySet();

    void opened(ClientConnection connection) {
        sockets.add(connection);
        open.put(connection.id(), connection);
    }

    void ended(ClientConnection connection) {
        open.remove(connection.id());
    }

    void closed(ClientConnection connection) {
        sockets.remove(connection);
    }

    Optional<ClientConnection> find(String id) {
        return Optional.ofNullable(open.get(id));
    }

    Set<String> ids() {
        return Set.copyOf(open.keySet());
    }

    int count() {
        return open.size();
    }

    Collection<ClientConnection> sockets() {
        return sockets;
    }
}
