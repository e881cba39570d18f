package io.carillon.local.template;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.local.gateway.StageThrottle;
import io.carillon.local.template.Template.Resource;
import java.util.List;
import java.util.OptionalDouble;

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
        JsonNode settings = stage.properties().path("DefaultRouteSettings");
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
