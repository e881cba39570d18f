package io.carillon.local.gateway;

import io.carillon.local.lambda.LambdaFunction;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The routes of the HTTP API, with the function behind each; every route takes any HTTP method.
 *
 * <p>Immutable.
 */
public final class HttpRoutes {

    private static final Pattern KEY = Pattern.compile("ANY (/[^{}]*?)(?:(?<=/)\\{([A-Za-z]+)})?");

    /** A path, or one that ends with a parameter which stands for exactly one part of it. */
    private record Route(String key, String prefix, String parameter, LambdaFunction function) {

        static Route of(String key, LambdaFunction function) {
            Matcher parsed = KEY.matcher(key);
            if (!parsed.matches()) {
                throw new IllegalArgumentException("The local gateway cannot match the HTTP route " + key
                        + "; it matches those such as ANY /api and ANY /api/{method}");
            }
            return new Route(key, parsed.group(1), Objects.requireNonNullElse(parsed.group(2), ""), function);
        }

        boolean serves(String path) {
            return parameter.isEmpty() ? path.equals(prefix) : path.startsWith(prefix);
        }

        Optional<HttpRoute> match(String path) {
            if (parameter.isEmpty()) {
                return path.equals(prefix) ? Optional.of(new HttpRoute(key, Map.of(), function)) : Optional.empty();
            }
            String part = path.startsWith(prefix) ? path.substring(prefix.length()) : "";
            if (part.isEmpty() || part.indexOf('/') >= 0) {
                return Optional.empty();
            }
            try {
                String value = URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
                return Optional.of(new HttpRoute(key, Map.of(parameter, value), function));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
    }

    private final List<Route> routes;

    private HttpRoutes(List<Route> routes) {
        this.routes = routes;
    }

    /**
     * Takes the routes.
     *
     * @param functions route keys, such as {@code ANY /api} and {@code ANY /api/{method}}, and what is behind each
     * @throws IllegalArgumentException if this gateway cannot match a route
     */
    public static HttpRoutes of(Map<String, LambdaFunction> functions) {
        return new HttpRoutes(functions.entrySet().stream()
                .map(route -> Route.of(route.getKey(), route.getValue()))
                .toList());
    }

    /** Routes the server API alone. */
    static HttpRoutes of(LambdaFunction api) {
        return of(Map.of("ANY /api", api, "ANY /api/{method}", api));
    }

    /** Whether a path beside the stage is the HTTP API's, even if no route matches it. */
    boolean serves(String path) {
        return routes.stream().anyMatch(route -> route.serves(path));
    }

    /** Matches a raw path below the stage. */
    Optional<HttpRoute> match(String path) {
        return routes.stream()
                .map(route -> route.match(path))
                .flatMap(Optional::stream)
                .findFirst();
    }
}
