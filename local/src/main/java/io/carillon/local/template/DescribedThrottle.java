package io.carillon.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.local.gateway.StageThrottle;
import io.carillon.local.template.Template.Resource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a stage takes at most.
 *
 * @param perSecond in the long run; empty for no limit but the account's
 * @param burst at once after a quiet time
 */
public record DescribedThrottle(OptionalDouble perSecond, int burst) {

    static final DescribedThrottle NONE = new DescribedThrottle(OptionalDouble.empty(), 0);
    private static final String RATE = "ThrottlingRateLimit";
    private static final String BURST = "ThrottlingBurstLimit";

    static DescribedThrottle of(Resource stage) {
        return of(stage, stage.properties().path("DefaultRouteSettings"));
    }

    /** Gives the throttles of the routes that have one of their own, by route key. */
    static Map<String, DescribedThrottle> ofRoutes(Resource stage, Set<String> routes) {
        Map<String, DescribedThrottle> throttles = new HashMap<>();
        for (Map.Entry<String, JsonNode> settings :
                stage.properties().path("RouteSettings").properties()) {
            if (!routes.contains(settings.getKey())) {
                throw new InvalidTemplate(stage + " has RouteSettings for " + settings.getKey()
                        + ", which is no route of its API; the routes are " + new TreeSet<>(routes));
            }
            throttles.put(settings.getKey(), of(stage, settings.getValue()));
        }
        return throttles;
    }

    private static DescribedThrottle of(Resource stage, JsonNode settings) {
        if (settings.path(RATE).isMissingNode() && settings.path(BURST).isMissingNode()) {
            return NONE;
        }
        for (String limit : List.of(RATE, BURST)) {
            if (settings.path(limit).asDouble() <= 0) {
                throw new InvalidTemplate(stage + " must have a " + limit + " above 0, not "
                        + settings.path(limit).asText("none") + ": it would take nothing");
            }
        }
        return new DescribedThrottle(
                OptionalDouble.of(settings.path(RATE).asDouble()),
                settings.path(BURST).asInt());
    }

    /** Gives a throttle that has its full burst. */
    public StageThrottle start() {
        return perSecond.isPresent() ? StageThrottle.of(perSecond.getAsDouble(), burst) : StageThrottle.open();
    }
}
