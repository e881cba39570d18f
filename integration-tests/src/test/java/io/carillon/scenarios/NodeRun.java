package io.carillon.scenarios;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Assumptions;

/** Runs a file of scenarios with Node's own test runner, and shows what it said when it is done, since others run too. */
final class NodeRun {

    static final Path SCENARIOS = Path.of("scenarios").toAbsolutePath();

    /** Ends what hangs; each wait within a scenario has its own, shorter deadline. */
    private static final Duration DEADLINE = Duration.ofMinutes(6);

    /** The client library's timers, such as for commands that are never answered, must not delay the end. */
    private static final List<String> NODE =
            List.of("node", "--test-reporter=spec", "--test-timeout=120000", "--test-force-exit", "--test");

    /** Lines of the runner's statistics, which would drown the scenarios. */
    private static final Pattern STATISTICS =
            Pattern.compile("\\W*(tests|suites|pass|fail|cancelled|skipped|todo|duration_ms) [\\d.]+");

    /** What the runner writes before the name of a scenario that is left out. */
    private static final String LEFT_OUT = "\uFE63";

    private static final Path INSTALLED = Path.of("node_modules").toAbsolutePath();

    private NodeRun() {}

    /**
     * Runs one file; it counts as skipped if all that is in it is left out.
     *
     * @param title what is shown above the output
     * @param environment what the scenarios learn about the deployment
     * @throws AssertionError with all the output if a scenario failed, or nothing was run
     */
    static void run(String title, Path file, Map<String, String> environment) {
        requireInstalled();
        List<String> command = new ArrayList<>(NODE);
        command.add(file.toString());
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(SCENARIOS.getParent().toFile())
                .redirectErrorStream(true);
        builder.environment().putAll(environment);
        builder.environment().remove("FORCE_COLOR");
        StringBuilder output = new StringBuilder();
        int status = status(builder, output);
        show(title, output.toString());
        boolean ran = output.toString().lines().anyMatch(line -> line.matches(".*\\bpass [1-9]\\d*"));
        Optional<String> leftOut = output.toString()
                .lines()
                .filter(line -> line.strip().startsWith(LEFT_OUT))
                .findFirst();
        Assumptions.assumeFalse(status == 0 && !ran && leftOut.isPresent(), leftOut::get);
        if (status != 0 || !ran) {
            throw new AssertionError("Scenarios of " + SCENARIOS.relativize(file) + " failed:\n" + output);
        }
    }

    private static void requireInstalled() {
        if (!Files.isDirectory(INSTALLED)) {
            throw new AssertionError("The JavaScript clients are not installed: " + INSTALLED
                    + " is missing. Run ./carillon test, which installs them, or npm ci in integration-tests.");
        }
    }

    private static void show(String title, String output) {
        System.out.println(output.lines()
                .filter(line -> !STATISTICS.matcher(line).matches())
                .map(line -> "    " + line)
                .collect(Collectors.joining("\n", "\n" + title + "\n", "")));
    }

    private static int status(ProcessBuilder builder, StringBuilder output) {
        try {
            Process node = builder.start();
            Thread watch = Thread.startVirtualThread(() -> endAfterDeadline(node));
            try (BufferedReader reader = node.inputReader(StandardCharsets.UTF_8)) {
                reader.lines().forEach(line -> {
                    output.append(line).append('\n');
                });
            }
            int status = node.waitFor();
            watch.interrupt();
            return status;
        } catch (IOException e) {
            throw new AssertionError("node does not start. Install Node.js 20 or newer (https://nodejs.org).", e);
        } catch (InterruptedException e) {
            throw new AssertionError("Interrupted while scenarios run", e);
        }
    }

    private static void endAfterDeadline(Process node) {
        try {
            if (!node.waitFor(DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
                node.descendants().forEach(ProcessHandle::destroyForcibly);
                node.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
