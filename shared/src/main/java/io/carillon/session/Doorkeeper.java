package io.carillon.session;

import io.carillon.config.AllowedOrigins;
import io.carillon.connection.Connection;
import io.carillon.connection.Connections;
import io.carillon.metrics.Measure;
import io.carillon.metrics.Metrics;
import java.time.InstantSource;

/**
 * Decides whether a socket may be opened, and records it. A browser always sends the Origin of the page; one that is
 * not on the list is turned away, so that a foreign page cannot use a visitor's network. Not even a page of the same
 * host is let in unasked: whoever rebinds a DNS name to this address would be one. Other clients send no Origin, and
 * prove who they are with their token.
 *
 * <p>Safe for use by several threads.
 */
public final class Doorkeeper {

    private final Connections connections;
    private final AllowedOrigins allowed;
    private final InstantSource clock;
    private final Metrics metrics;

    /** Lets in, and counts nobody. */
    public Doorkeeper(Connections connections, AllowedOrigins allowed, InstantSource clock) {
        this(connections, allowed, clock, Metrics.NONE);
    }

    /** Lets in, and counts who came. */
    public Doorkeeper(Connections connections, AllowedOrigins allowed, InstantSource clock, Metrics metrics) {
        this.connections = connections;
        this.allowed = allowed;
        this.clock = clock;
        this.metrics = metrics;
    }

    /**
     * Lets a socket in, or not.
     *
     * @param origin the header's value; empty if there is none
     */
    public boolean admit(String connection, String origin) {
        if (!allowed.permits(origin)) {
            return false;
        }
        connections.open(Connection.opened(connection, clock.millis()));
        metrics.count(Measure.CONNECTIONS_OPENED);
        return true;
    }
}
