package io.carillon.local.gateway;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A route of the HTTP API that matched.
 *
 * @param key    route key, as events name it
 * @param method value of the path parameter {@code method}, decoded; empty on the route without it
 */
record HttpRoute(String key, Optional<String> method) {

    private static final String PREFIX = "/api/";

    /** Matches a raw path below the stage; {@code {method}} stands for exactly one part of it. */
    static Optional<HttpRoute> match(String path) {
        if (path.equals("/api")) {
            return Optional.of(new HttpRoute("ANY /api", Optional.empty()));
        }
        if (!path.startsWith(PREFIX) || path.length() == PREFIX.length() || path.indexOf('/', PREFIX.length()) >= 0) {
            return Optional.empty();
        }
        String part = path.substring(PREFIX.length());
        try {
            String method = URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
            return Optional.of(new HttpRoute("ANY /api/{method}", Optional.of(method)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
