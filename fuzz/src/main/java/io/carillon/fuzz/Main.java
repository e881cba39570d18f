package io.carillon.fuzz;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Fuzzes what strangers can send. Exits with 1 if something broke. */
@Command(
        name = "carillon fuzz",
        description = "Look for input that makes Carillon crash, hang or eat memory.",
        mixinStandardHelpOptions = true)
public final class Main implements Callable<Integer> {

    @Parameters(
            paramLabel = "TARGET",
            description = "What to fuzz: frames, tokens, config, api (default: one after the other).")
    private List<String> targets = List.of();

    @Option(names = "--seconds", defaultValue = "600", description = "For how long, each (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--corpus",
            paramLabel = "DIR",
            defaultValue = "fuzz/target/corpus",
            description = "Where inputs are kept that found new ways, and those that broke something (default:"
                    + " ${DEFAULT-VALUE}).")
    private Path corpus;

    /** Runs the fuzzer. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Main()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        List<String> chosen = targets.isEmpty() ? List.copyOf(Fuzz.TARGETS.keySet()) : targets;
        for (String target : chosen) {
            if (!Fuzz.TARGETS.containsKey(target)) {
                System.err.println("carillon: there is no target " + target + "; the targets are "
                        + String.join(", ", Fuzz.TARGETS.keySet()));
                return 2;
            }
        }
        // To the fuzzer, no time means no end.
        if (seconds < 1) {
            System.err.println("carillon: --seconds must be 1 or more, not " + seconds);
            return 2;
        }
        List<String> broken = new ArrayList<>();
        for (String target : chosen) {
            System.out.printf("Fuzzing %s for %d s ...%n", target, seconds);
            int status = new Fuzz(Path.of(System.getProperty("carillon.root", ".")), corpus)
                    .run(target, ProcessBuilder.Redirect.INHERIT, "-max_total_time=" + seconds);
            if (status != 0) {
                broken.add(target);
            }
        }
        System.out.println(
                broken.isEmpty()
                        ? "Nothing broke."
                        : "Broke: " + String.join(", ", broken) + "; the inputs are in " + corpus);
        return broken.isEmpty() ? 0 : 1;
    }
}
