package io.carillon.local.cost;

import io.carillon.local.cost.CostScenario.Against;
import java.util.Map;

/**
 * What a scenario costs per million deliveries: a delivery is one publication that reached one subscriber.
 *
 * @param deliveries how many were measured
 * @param bill what AWS bills for a million
 * @param appSync what AppSync Events would bill for the same
 */
public record CostResult(CostScenario scenario, long deliveries, Bill bill, Bill appSync) {

    private static final double MILLION = 1_000_000;
    private static final int APPSYNC_UNIT = 5 * 1024;

    /**
     * Scales what was measured to a million deliveries.
     *
     * @param payload bytes of a publication's data
     */
    static CostResult of(CostScenario scenario, long publications, int payload, Usage usage, PriceList prices) {
        long deliveries = publications * scenario.subscribers();
        double factor = MILLION / deliveries;
        long perMessage = Counters.units(payload, APPSYNC_UNIT);
        Usage appSync = Usage.of(Map.of(
                Billed.APPSYNC_OPERATIONS,
                (double) (publications + deliveries) * perMessage,
                Billed.APPSYNC_CONNECTION_MINUTES,
                usage.of(Billed.WEBSOCKET_CONNECTION_MINUTES)));
        return new CostResult(
                scenario, deliveries, Bill.of(usage.times(factor), prices), Bill.of(appSync.times(factor), prices));
    }

    /** The bill as a multiple of what the bar is a multiple of. */
    public double ratio() {
        return bill.total() / (scenario.against() == Against.APPSYNC ? appSync.total() : bill.apiGateway());
    }

    /** Whether the bill is at or below the bar. */
    public boolean passed() {
        return ratio() <= scenario.bar();
    }
}
