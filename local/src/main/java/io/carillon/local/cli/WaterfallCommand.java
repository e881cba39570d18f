package io.carillon.local.cli;

import io.carillon.local.latency.LatencyModel;
import io.carillon.local.waterfall.WaterfallRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows where the time between publish and receive goes. */
@Command(
        name = "waterfall",
        description =
                "Publish to a channel with history on this machine, with the delays of AWS, and print each hop from"
                        + " publish to receive.",
        mixinStandardHelpOptions = true)
final class WaterfallCommand implements Callable<Integer> {

    private static final int MOST = 20_000;

    @Option(
            names = "--fan-out",
            paramLabel = "N",
            split = ",",
            defaultValue = "1,100,1000",
            description = "Subscribers, one or more numbers (default: ${DEFAULT-VALUE}).")
    private List<Integer> fanOut;

    @Option(
            names = "--publications",
            paramLabel = "N",
            defaultValue = "50",
            description = "Publications to take the medians of (default: ${DEFAULT-VALUE}).")
    private int publications;

    @Option(
            names = "--latency",
            paramLabel = "aws|none|FILE",
            defaultValue = "aws",
            description = "Delays of each call (default: ${DEFAULT-VALUE}).")
    private String latency;

    @Override
    public Integer call() throws InterruptedException {
        Optional<LatencyModel> model;
        try {
            model = LatencyModel.named(latency);
        } catch (IllegalArgumentException e) {
            throw new Misconfigured("--latency: " + e.getMessage());
        }
        if (publications < 1) {
            throw new Misconfigured("--publications must be 1 or more, not " + publications);
        }
        for (int subscribers : fanOut) {
            if (subscribers < 1 || subscribers > MOST) {
                throw new Misconfigured("--fan-out must be 1 to " + MOST + ", not " + subscribers);
            }
        }
        List<WaterfallRun.Result> results = new ArrayList<>();
        for (int subscribers : fanOut) {
            WaterfallRun.Result result = WaterfallRun.run(subscribers, publications, model);
            results.add(result);
            System.out.printf("Fan-out %,d: medians of %d publications, in ms%n", subscribers, publications);
            System.out.printf("%-46s %7s %7s%n%s%n", "", "from", "for", result.text());
        }
        System.out.printf("Publish to receive, in ms%n%10s %10s %10s %14s%n", "fan-out", "p50", "p99", "last, p50");
        results.forEach(one -> System.out.printf(
                "%,10d %10.1f %10.1f %14.1f%n", one.fanOut(), one.p50Ms(), one.p99Ms(), one.lastP50Ms()));
        return 0;
    }
}
