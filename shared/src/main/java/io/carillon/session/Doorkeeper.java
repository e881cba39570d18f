package io.carillon.session;

import io.carillon.connection.Connection;
import io.carillon.connection.Connections;
import java.time.InstantSource;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Decides whether a socket may be opened, and records it. A browser always sends the Origin of the page; one that is
 * not on the list is turned away, so that a foreign page cannot use a visitor's cookies or network. Other clients send
 * none, and prove who they are with their token.
 *
 * <p>Safe for use by several threads.
 */
public final class Doorkeeper {

    private final Connections connections;
    private final List<Pattern> allowed;
    private final InstantSource clock;

    /**
     * Starts with a list of origins.
     *
     * @param allowedOrigins such as {@code https://example.com}; {@code *} stands for any characters
     */
    public Doorkeeper(Connections connections, List<String> allowedOrigins, InstantSource clock) {
        this.connections = connections;
        this.allowed = allowedOrigins.stream().map(Doorkeeper::pattern).toList();
        this.clock = clock;
    }

    private static Pattern pattern(String origin) {
        String expression =
                List.of(origin.split("\\*", -1)).stream().map(Pattern::quote).collect(Collectors.joining(".*"));
        return Pattern.compile(expression, Pattern.CASE_INSENSITIVE);
    }

    /**
     * Lets a socket in, or not.
     *
     * @param origin the header's value; empty if there is none
     * @param host the host that the client connected to: a page of the same host is always allowed
     */
    public boolean admit(String connection, String origin, String host) {
        if (!origin.isEmpty() && !isSameHost(origin, host) && !isAllowed(origin)) {
            return false;
        }
        connections.open(Connection.opened(connection, clock.millis()));
        return true;
    }

    private boolean isAllowed(String origin) {
        return allowed.stream().anyMatch(pattern -> pattern.matcher(origin).matches());
    }

    private static boolean isSameHost(String origin, String host) {
        return !host.isEmpty()
                && (origin.equalsIgnoreCase("https://" + host) || origin.equalsIgnoreCase("http://" + host));
    }
}
