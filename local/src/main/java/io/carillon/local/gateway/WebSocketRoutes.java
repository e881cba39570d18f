package io.carillon.local.gateway;

import io.carillon.local.lambda.LambdaFunction;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Says which function serves which route of the WebSocket API. A route with a route
 * response sends the answer's {@code body} back to the client; {@code $connect} and {@code $disconnect} have none.
 *
 * @param selection route selection expression, such as {@code $request.body.action}
 * @param functions route key to function; {@code $connect}, {@code $disconnect} and {@code $default} are all optional
 * @param silent keys of other routes that have no route response: nothing that their functions answer is sent
 */
public record WebSocketRoutes(String selection, Map<String, LambdaFunction> functions, Set<String> silent) {

    static final String CONNECT = "$connect";
    static final String DISCONNECT = "$disconnect";
    static final String DEFAULT = "$default";

    public WebSocketRoutes {
        functions = Map.copyOf(functions);
        silent = Set.copyOf(silent);
        RouteSelection.parse(selection);
        for (String key : functions.keySet()) {
            if (key.startsWith("$") && !key.equals(CONNECT) && !key.equals(DISCONNECT) && !key.equals(DEFAULT)) {
                throw new IllegalArgumentException("The route key " + key
                        + " must not start with $: API Gateway keeps those; only $connect, $disconnect and $default"
                        + " exist");
            }
        }
    }

    /** Gives the three predefined routes, with {@code $request.body.action} to select others added later. */
    public static WebSocketRoutes of(LambdaFunction connect, LambdaFunction message, LambdaFunction disconnect) {
        return new WebSocketRoutes(
                "$request.body.action", Map.of(CONNECT, connect, DEFAULT, message, DISCONNECT, disconnect), Set.of());
    }

    /** Adds a route, or replaces its function. */
    public WebSocketRoutes withRoute(String routeKey, LambdaFunction function) {
        Map<String, LambdaFunction> more = new LinkedHashMap<>(functions);
        more.put(routeKey, function);
        return new WebSocketRoutes(selection, more, silent);
    }

    /** Takes a route away. */
    public WebSocketRoutes withoutRoute(String routeKey) {
        Map<String, LambdaFunction> fewer = new LinkedHashMap<>(functions);
        fewer.remove(routeKey);
        return new WebSocketRoutes(selection, fewer, silent);
    }

    public WebSocketRoutes withSelection(String expression) {
        return new WebSocketRoutes(expression, functions, silent);
    }

    Optional<LambdaFunction> function(String routeKey) {
        return Optional.ofNullable(functions.get(routeKey));
    }

    boolean answers(String routeKey) {
        return !silent.contains(routeKey);
    }

    /** Says whether a message's content can decide over its route at all. */
    boolean hasCustomRoutes() {
        return functions.keySet().stream().anyMatch(key -> !key.startsWith("$"));
    }
}
