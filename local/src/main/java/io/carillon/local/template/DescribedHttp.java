package io.carillon.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.local.gateway.Cors;
import io.carillon.local.gateway.StageThrottle;
import io.carillon.local.template.Template.Resource;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * An HTTP API.
 *
 * @param routes route keys, and the logical ids of the functions behind them
 * @param cors which browser origins may call it
 * @param throttle what its stage takes at most
 * @param routeThrottles what single routes take at most instead, by route key
 */
public record DescribedHttp(
        Map<String, String> routes,
        Cors cors,
        DescribedThrottle throttle,
        Map<String, DescribedThrottle> routeThrottles) {

    public DescribedHttp {
        routes = Map.copyOf(routes);
        routeThrottles = Map.copyOf(routeThrottles);
    }

    static DescribedHttp of(Template template, Resource api) {
        Map<String, String> routes = new LinkedHashMap<>();
        for (Resource route : template.of(api, Routes.ROUTE)) {
            routes.put(route.required("RouteKey"), Routes.function(template, route));
        }
        Resource stage = Routes.stage(template, api);
        String name = stage.required("StageName");
        if (!name.equals("$default")) {
            throw new InvalidTemplate("the stage of " + api + " must be $default, not " + name
                    + ": backends call /api, as Centrifugo has it");
        }
        return new DescribedHttp(
                routes,
                cors(api.properties().path("CorsConfiguration")),
                DescribedThrottle.of(stage),
                DescribedThrottle.ofRoutes(stage, routes.keySet()));
    }

    DescribedHttp withoutThrottle() {
        return new DescribedHttp(routes, cors, DescribedThrottle.NONE, Map.of());
    }

    /** Gives throttles of single routes that have their full burst, by route key. */
    public Map<String, StageThrottle> startRouteThrottles() {
        return routeThrottles.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, route -> route.getValue().start()));
    }

    private static Cors cors(JsonNode configured) {
        return new Cors(
                texts(configured.path("AllowOrigins")),
                texts(configured.path("AllowHeaders")),
                Duration.ofSeconds(configured.path("MaxAge").asInt()));
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}
