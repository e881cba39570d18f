package io.carillon.local.template;

import io.carillon.local.template.Template.Resource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A WebSocket API.
 *
 * @param selection how a message selects its route
 * @param routes route keys, and the logical ids of the functions behind them
 * @param silent the keys of the routes whose answers do not go back to the client
 * @param stage the name of its stage
 * @param throttle what the stage takes at most: handshakes and frames
 */
public record DescribedSocket(
        String selection, Map<String, String> routes, Set<String> silent, String stage, DescribedThrottle throttle) {

    private static final String ROUTE_RESPONSE = "AWS::ApiGatewayV2::RouteResponse";

    public DescribedSocket {
        routes = Map.copyOf(routes);
        silent = Set.copyOf(silent);
    }

    static DescribedSocket of(Template template, Resource api) {
        List<Resource> answers = template.of(api, ROUTE_RESPONSE);
        Map<String, String> routes = new LinkedHashMap<>();
        Set<String> silent = new HashSet<>();
        for (Resource route : template.of(api, Routes.ROUTE)) {
            String key = route.required("RouteKey");
            routes.put(key, Routes.function(template, route));
            boolean answered = route.text("RouteResponseSelectionExpression").equals("$default")
                    && answers.stream()
                            .anyMatch(answer ->
                                    template.refersTo(answer.properties().path("RouteId"), route)
                                            && answer.text("RouteResponseKey").equals("$default"));
            if (!answered) {
                silent.add(key);
            }
        }
        Resource stage = Routes.stage(template, api);
        return new DescribedSocket(
                api.required("RouteSelectionExpression"),
                routes,
                silent,
                stage.required("StageName"),
                DescribedThrottle.of(stage));
    }

    DescribedSocket withoutThrottle() {
        return new DescribedSocket(selection, routes, silent, stage, DescribedThrottle.NONE);
    }
}
