package io.carillon.local.gateway;

import io.carillon.config.BrowserHeaders;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * Says which browser origins may call the HTTP API, as the CORS configuration of an HTTP API does.
 *
 * @param allowedOrigins exact origins, {@code *}, {@code https://*} or {@code http://*}; none turns CORS off, so that the
 *                       function itself must answer preflights
 * @param allowedHeaders header names a browser may send, or {@code *}
 * @param maxAge         how long a browser may keep the answer to a preflight
 */
public record Cors(List<String> allowedOrigins, List<String> allowedHeaders, Duration maxAge) {

    static final String METHODS = "GET,POST,PUT,PATCH,DELETE,HEAD,OPTIONS";

    public Cors {
        allowedOrigins = List.copyOf(allowedOrigins);
        allowedHeaders = List.copyOf(allowedHeaders);
    }

    /** Turns CORS off. */
    public static Cors none() {
        return new Cors(List.of(), List.of(), Duration.ZERO);
    }

    /** Allows these origins, with the headers that the deployed stack allows, and lets browsers keep the answer for a minute. */
    public static Cors of(List<String> allowedOrigins) {
        return new Cors(allowedOrigins, BrowserHeaders.ALLOWED, Duration.ofMinutes(1));
    }

    /**
     * Does as the deployed stack does: where API Gateway cannot match every origin, because one is a pattern, CORS is off,
     * and the functions answer by themselves.
     */
    public static Cors where(List<String> allowedOrigins) {
        return allowedOrigins.stream().allMatch(Cors::canBeMatched) ? of(allowedOrigins) : none();
    }

    private static boolean canBeMatched(String origin) {
        return !origin.contains("*") || List.of("*", "https://*", "http://*").contains(origin);
    }

    boolean configured() {
        return !allowedOrigins.isEmpty();
    }

    boolean allowsAnyOrigin() {
        return allowedOrigins.contains("*");
    }

    boolean allows(String origin) {
        String asked = origin.toLowerCase(Locale.ROOT);
        return allowedOrigins.stream()
                .map(allowed -> allowed.toLowerCase(Locale.ROOT))
                .anyMatch(allowed -> allowed.equals("*")
                        || allowed.equals(asked)
                        || allowed.endsWith("://*") && asked.startsWith(allowed.substring(0, allowed.length() - 1)));
    }
}
