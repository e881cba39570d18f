package io.carillon.local.cli;

import io.carillon.local.cost.CostJson;
import io.carillon.local.cost.CostResult;
import io.carillon.local.cost.CostRun;
import io.carillon.local.cost.CostScenario;
import io.carillon.local.cost.CostText;
import io.carillon.local.cost.Deployment;
import io.carillon.local.cost.LongPollCost;
import io.carillon.local.cost.LongPollDesigns;
import io.carillon.local.cost.PriceList;
import io.carillon.local.cost.PushCost;
import io.carillon.local.latency.LatencyModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Says what deliveries cost on AWS. */
@Command(
        name = "cost",
        description = "Run small scenarios on this machine, count what AWS would bill for them, and print the bill per"
                + " million deliveries.",
        mixinStandardHelpOptions = true)
final class CostCommand implements Callable<Integer> {

    private static final int LONG_POLLS = 200;
    private static final int PUSHES = 100;

    /** Scenarios with bills of their own. */
    private static final Set<String> APART = Set.of(LongPollCost.KEY, PushCost.KEY);

    @Option(
            names = "--scenario",
            paramLabel = "NAME",
            description = "Only this one: fan-out-1, fan-out-100, fan-out-1000, busy, long-poll or push"
                    + " (default: all but the last two). long-poll also compares the design with one that holds each"
                    + " request in Lambda, over the same traffic, which it does for a minute.")
    private Optional<String> scenario;

    @Option(
            names = "--deliveries",
            paramLabel = "N",
            description = "Deliveries to measure in each scenario (default: 200 to 50,000, by scenario).")
    private Optional<Integer> deliveries;

    @Option(
            names = "--latency",
            paramLabel = "aws|none|FILE",
            defaultValue = "aws",
            description = "Delays of each call, which functions are billed for (default: ${DEFAULT-VALUE}).")
    private String latency;

    @Option(names = "--prices", paramLabel = "FILE", description = "Another price list, YAML or JSON.")
    private Optional<Path> prices;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the results as JSON too.")
    private Optional<Path> json;

    @Option(names = "--check", description = "Exit with 1 if a bar is missed.")
    private boolean check;

    @Override
    public Integer call() throws InterruptedException {
        List<CostScenario> scenarios;
        PriceList list;
        Optional<LatencyModel> model;
        try {
            model = LatencyModel.named(latency);
            scenarios = scenario.filter(name -> !APART.contains(name))
                    .map(CostScenario::named)
                    .orElse(List.of(CostScenario.values()));
            list = prices.map(PriceList::read).orElseGet(PriceList::standard);
        } catch (IllegalArgumentException e) {
            throw new Misconfigured(e.getMessage());
        }
        if (deliveries.isPresent() && deliveries.get() < 1) {
            throw new Misconfigured("--deliveries must be 1 or more, not " + deliveries.get());
        }
        ReportFile.requireUsable("--json", json);
        Deployment deployment = Deployment.standard();
        if (scenario.filter(LongPollCost.KEY::equals).isPresent()) {
            CostRun.Setting setting = new CostRun.Setting(list, deployment, model);
            System.out.print(
                    LongPollCost.measure(deliveries.orElse(LONG_POLLS), setting).text());
            System.out.print(LongPollDesigns.measure(setting).text());
            return 0;
        }
        if (scenario.filter(PushCost.KEY::equals).isPresent()) {
            if (deliveries.orElse(PUSHES) > PushCost.MOST) {
                throw new Misconfigured("--deliveries must be 1 to " + PushCost.MOST + " for " + PushCost.KEY);
            }
            CostRun.Setting setting = new CostRun.Setting(list, deployment, model);
            System.out.print(
                    PushCost.measure(deliveries.orElse(PUSHES), setting).text());
            return 0;
        }
        List<CostResult> results = new ArrayList<>();
        for (CostScenario one : scenarios) {
            results.add(CostRun.measure(
                    one, deliveries.orElse(one.deliveries()), new CostRun.Setting(list, deployment, model)));
            System.out.println(CostText.of(results.getLast()));
        }
        System.out.print(CostText.idle(deployment, list));
        json.ifPresent(file -> ReportFile.write(file, CostJson.of(results) + "\n"));
        return check && !results.stream().allMatch(CostResult::passed) ? 1 : 0;
    }
}
