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
        List<String> all = new ArrayList<>();
        faults.forEach(fault -> all.add(checked("--fault", fault)));
        file.ifPresent(path -> all.addAll(checkedLines(path)));
        return FaultPlan.of(all, seed);
    }

    private static List<String> checkedLines(Path path) {
        List<String> lines = lines(path);
        List<String> checked = new ArrayList<>();
        for (int number = 1; number <= lines.size(); number++) {
            String line = lines.get(number - 1).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                checked.add(checked("--faults " + path + " line " + number, line));
            }
        }
        return checked;
    }

    private static String checked(String where, String fault) {
        try {
            FaultPlan.of(List.of(fault), 1);
            return fault;
        } catch (IllegalArgumentException e) {
            throw new Misconfigured(where + ": " + e.getMessage());
        }
    }

    private static List<String> lines(Path path) {
        try {
            return Files.readAllLines(path);
        } catch (IOException e) {
            throw new Misconfigured("--faults " + path + " cannot be read: it must be a file in UTF-8");
        }
    }
}
