package io.carillon.local.cli;

import io.carillon.local.faults.FaultPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say what goes wrong. */
final class FaultOptions {

    @Option(
            names = "--fault",
            paramLabel = "FAULT",
            description = "Something to go wrong, such as \"gone probability=0.01\"; may be repeated."
                    + " docs/operations/faults.md lists all.")
    private List<String> faults = new ArrayList<>();

    @Option(
            names = "--faults",
            paramLabel = "FILE",
            description = "Faults to go wrong, one a line; lines that begin with # are comments.")
    private Optional<Path> file = Optional.empty();

    @Option(
            names = "--fault-seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Where the randomness of faults starts (default: ${DEFAULT-VALUE}).")
    private long seed;

    FaultPlan plan() {
        List<String> all = new ArrayList<>(faults);
        file.ifPresent(path -> all.addAll(lines(path)));
        try {
            return FaultPlan.of(all, seed);
        } catch (IllegalArgumentException e) {
            throw new Misconfigured(e.getMessage());
        }
    }

    private static List<String> lines(Path path) {
        try {
            return Files.readAllLines(path).stream()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new Misconfigured("cannot read the faults in " + path + ": " + e.getMessage());
        }
    }
}
