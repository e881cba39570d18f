package io.carillon.local.gateway;

import io.carillon.local.lambda.LambdaFunction;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The routes of the HTTP API, with the function behind each; every route takes any HTTP method.
 *
 * <p>Immutable.
 */
public final class HttpRoutes {

    private static final String API = "/api";
    private static final String DEVICES = "/devices";

    /** A path, or one that ends with a parameter which stands for exactly one part of it. */
    private record Pattern(String prefix, String parameter, LambdaFunction function) {

        Optional<HttpRoute> match(String path) {
            if (parameter.isEmpty()) {
                return path.equals(prefix)
                        ? Optional.of(new HttpRoute("ANY " + prefix, Map.of(), function))
                        : Optional.empty();
            }
            String part = path.startsWith(prefix) ? path.substring(prefix.length()) : "";
            if (part.isEmpty() || part.indexOf('/') >= 0) {
                return Optional.empty();
            }
            try {
                String value = URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
                String key = "ANY " + prefix + "{" + parameter + "}";
                return Optional.of(new HttpRoute(key, Map.of(parameter, value), function));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
    }

    private final List<Pattern> patterns;

    private HttpRoutes(List<Pattern> patterns) {
        this.patterns = patterns;
    }

    /** Routes the server API alone. */
    static HttpRoutes of(LambdaFunction api) {
        return new HttpRoutes(List.of(new Pattern(API, "", api), new Pattern(API + "/", "method", api)));
    }

    /** Routes the server API with the devices of clients, and the clients that cannot use WebSocket. */
    public static HttpRoutes of(LambdaFunction api, LambdaFunction poll) {
        return new HttpRoutes(List.of(
                new Pattern(API, "", api),
                new Pattern(API + "/", "method", api),
                new Pattern(DEVICES, "", api),
                new Pattern(DEVICES + "/", "id", api),
                new Pattern(FrontDoor.LONG_POLL, "action", poll)));
    }

    /** Whether a path beside the stage is the HTTP API's, even if no route matches it. */
    static boolean serves(String path) {
        return path.equals(API)
                || path.startsWith(API + "/")
                || path.equals(DEVICES)
                || path.startsWith(DEVICES + "/")
                || path.startsWith(FrontDoor.LONG_POLL);
    }

    /** Matches a raw path below the stage. */
    Optional<HttpRoute> match(String path) {
        return patterns.stream()
                .map(pattern -> pattern.match(path))
                .flatMap(Optional::stream)
                .findFirst();
    }
}
