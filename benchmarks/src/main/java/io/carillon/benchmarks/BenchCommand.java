package io.carillon.benchmarks;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./carillon bench}. */
@Command(
        name = "bench",
        description = "Measures how fast the parts are, and prints each figure's ratio to something comparable.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Names:",
            "  codec      reading and writing frames, against Jackson's own tree",
            "  deliver    one batch to 1,000 subscribers in memory, against posting alone",
            "  posts      deliverer, bare SDK client and raw HTTP posting to a loopback server",
            "  naive      one post at a time, as AWS's sample does, against the deliverer",
            "  frames     frames per publication at 1, 10 and 100 publications/s",
            "  coldstart  each function from JVM start to first answer, against an empty one",
            "  memory     each function with the memory sizes of Lambda: does it fit, how long, how much",
            "",
            "Figures mean something only on a machine that does nothing else meanwhile."
        })
final class BenchCommand implements Callable<Integer> {

    @Parameters(paramLabel = "NAME", description = "What to measure; everything if none is named.")
    private List<String> names = new ArrayList<>();

    @Option(names = "--quick", description = "Only show that everything runs; the figures mean nothing.")
    private boolean quick;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "5",
            description = "How often each side is measured, turn by turn. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "4",
            description = "How long one round of one side is. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Spec
    private CommandSpec spec;

    private static Map<String, Benchmark> all() {
        Map<String, Benchmark> all = new LinkedHashMap<>();
        for (Benchmark benchmark : Benchmarks.ALL) {
            all.put(benchmark.name(), benchmark);
        }
        return all;
    }

    private Effort effort() {
        if (rounds < 1 || seconds < 1) {
            throw new ParameterException(spec.commandLine(), "--rounds and --seconds must be at least 1");
        }
        return quick ? Effort.QUICK : Effort.FULL.with(rounds, Duration.ofSeconds(seconds));
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Map<String, Benchmark> all = all();
        for (String name : names) {
            if (!all.containsKey(name)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "There is no benchmark '" + name + "', but " + String.join(", ", all.keySet()));
            }
        }
        PrintWriter out = spec.commandLine().getOut();
        for (String name : names.isEmpty() ? all.keySet() : names) {
            Benchmark benchmark = all.get(name);
            out.printf("%n%s: %s%n", name, benchmark.about());
            out.flush();
            benchmark.run(effort(), out);
            out.flush();
        }
        return 0;
    }
}
