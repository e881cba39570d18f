package io.carillon.local.cost;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.carillon.events.Json;
import java.util.List;

/** Writes results for programs: dollars and units per million deliveries. */
public final class CostJson {

    private CostJson() {}

    /** Writes all results as one object. */
    public static String of(List<CostResult> results) {
        ObjectNode report = Json.mapper().createObjectNode();
        ArrayNode scenarios = report.putArray("scenarios");
        for (CostResult result : results) {
            ObjectNode node = scenarios.addObject();
            node.put("scenario", result.scenario().key());
            node.put("deliveries_measured", result.deliveries());
            ArrayNode lines = node.putArray("lines");
            result.bill()
                    .lines()
                    .forEach(line -> lines.addObject()
                            .put("item", line.item().key())
                            .put("units", line.units())
                            .put("dollars", line.dollars()));
            node.put("total", result.bill().total());
            node.put("api_gateway", result.bill().apiGateway());
            node.put("appsync_events", result.appSync().total());
            node.put("bar", result.scenario().bar());
            node.put("bar_against", result.scenario().against().words());
            node.put("ratio", result.ratio());
            node.put("passed", result.passed());
        }
        return report.toPrettyString();
    }
}
