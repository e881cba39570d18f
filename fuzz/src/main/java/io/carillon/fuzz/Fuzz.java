package io.carillon.fuzz;

import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Runs one target in a JVM of its own, since the fuzzer ends its JVM with each find. What it is fed first are the seeds,
 * which show what input looks like; then what it makes of them.
 */
final class Fuzz {

    /** The targets, by the names that they have on the command line. */
    static final Map<String, Class<?>> TARGETS = new TreeMap<>(Map.of(
            "frames", FrameFuzz.class, "tokens", TokenFuzz.class, "config", ConfigFuzz.class, "api", ApiFuzz.class));

    /** A single input may take no longer: what hangs is found, too. */
    private static final int SECONDS_PER_INPUT = 10;

    private static final int HEAP_MB = 512;

    /** A client's frame has at most 32 KB, which is more than a fuzzer needs to say anything. */
    private static final int LONGEST_INPUT = 8_192;

    private final Path root;
    private final Path corpora;

    /**
     * Starts with where things are.
     *
     * @param root the repository
     * @param corpora gets a directory for each target, with the inputs that found new ways and those that broke something
     */
    Fuzz(Path root, Path corpora) {
        this.root = root;
        this.corpora = corpora;
    }

    /**
     * Runs a target and waits for its end.
     *
     * @param output where the fuzzer's own words go
     * @param limit such as {@code -max_total_time=60} or {@code -runs=1000}
     * @return 0 if nothing broke
     */
    int run(String target, ProcessBuilder.Redirect output, String... limit) throws IOException {
        Path corpus = Files.createDirectories(corpora.resolve(target));
        List<String> command = new ArrayList<>(java());
        command.addAll(List.of(
                "--target_class=" + TARGETS.get(target).getName(),
                "--instrumentation_includes=io.carillon.**:com.fasterxml.jackson.core.**:org.jose4j.**",
                "--custom_hook_includes=io.carillon.**",
                "--reproducer_path=" + corpus,
                "-artifact_prefix=" + corpus + File.separator,
                "-timeout=" + SECONDS_PER_INPUT,
                "-rss_limit_mb=" + 4 * HEAP_MB,
                "-max_len=" + LONGEST_INPUT));
        command.addAll(List.of(limit));
        command.add(corpus.toString());
        command.add(root.resolve("fuzz/src/main/seeds").resolve(target).toString());
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            throw new InterruptedIOException("Interrupted while fuzzing");
        }
    }

    private static List<String> java() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + HEAP_MB + "m",
                "-XX:+EnableDynamicAgentLoading",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer");
    }
}
