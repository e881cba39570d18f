package io.carillon.config;

import java.util.List;
import java.util.Locale;

/**
 * Decides which Origins may connect, by {@code client.allowed_origins}. In a pattern, {@code *} stands for any
 * characters; letter case does not matter.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class AllowedOrigins {

    private final List<Glob> patterns;

    public AllowedOrigins(ClientConfig config) {
        patterns = config.allowedOrigins().stream()
                .map(origin -> Glob.of(origin.toLowerCase(Locale.ROOT)))
                .toList();
    }

    /** Says whether a client may connect that sent this Origin; the empty one stands for a client that sent none. */
    public boolean permits(String origin) {
        return origin.isEmpty()
                || patterns.stream().anyMatch(pattern -> pattern.matches(origin.toLowerCase(Locale.ROOT)));
    }
}
