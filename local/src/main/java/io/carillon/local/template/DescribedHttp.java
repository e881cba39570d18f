package io.carillon.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.local.gateway.Cors;
import io.carillon.local.template.Template.Resource;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * An HTTP API.
 *
 * @param routes route keys, and the logical ids of the functions behind them
 * @param cors which browser origins may call it
 * @param throttle what its stage takes at most
 */
public record DescribedHttp(Map<String, String> routes, Cors cors, DescribedThrottle throttle) {

    public DescribedHttp {
        routes = Map.copyOf(routes);
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
        return new DescribedHttp(routes, cors(api.properties().path("CorsConfiguration")), DescribedThrottle.of(stage));
    }

    DescribedHttp withoutThrottle() {
        return new DescribedHttp(routes, cors, DescribedThrottle.NONE);
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
