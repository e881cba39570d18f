package io.carillon.benchmarks;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Collection;
import java.util.Locale;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs the methods of a class under JMH, each in a JVM of its own, and prints them with their ratios to one of them.
 *
 * @param baseline the method that the others are compared with
 */
record JmhBenchmark(String name, String about, Class<?> type, String baseline) implements Benchmark {

    private static final String ALLOCATED = "gc.alloc.rate.norm";

    @Override
    public void run(Effort effort, PrintWriter out) throws IOException {
        TimeValue time = TimeValue.nanoseconds(effort.round().toNanos() / 2);
        Collection<RunResult> results = run(new OptionsBuilder()
                .include("\\b" + type.getSimpleName() + "\\.")
                .forks(effort.rounds() > 1 ? 2 : 1)
                .warmupIterations(effort.rounds())
                .warmupTime(time)
                .measurementIterations(effort.rounds())
                .measurementTime(time)
                .addProfiler(GCProfiler.class)
                .jvmArgsAppend("--enable-native-access=ALL-UNNAMED")
                .verbosity(VerboseMode.SILENT));
        double floor = results.stream()
                .filter(result -> method(result).equals(baseline))
                .mapToDouble(result -> result.getPrimaryResult().getScore())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("JMH did not run " + baseline));
        out.printf("  %-20s %12s %14s %12s%n", "", "us", "bytes", "ratio to " + baseline);
        for (RunResult result : results) {
            double score = result.getPrimaryResult().getScore();
            out.printf(
                    Locale.ROOT,
                    "  %-20s %,12.3f %,14.0f %,12.2f%n",
                    method(result),
                    score,
                    allocated(result),
                    score / floor);
        }
    }

    private static Collection<RunResult> run(ChainedOptionsBuilder options) throws IOException {
        try {
            return new Runner(options.build()).run();
        } catch (RunnerException e) {
            throw new IOException("JMH could not run", e);
        }
    }

    private static String method(RunResult result) {
        String name = result.getParams().getBenchmark();
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static double allocated(RunResult result) {
        return result.getSecondaryResults().keySet().stream()
                .filter(name -> name.endsWith(ALLOCATED))
                .mapToDouble(name -> result.getSecondaryResults().get(name).getScore())
                .findFirst()
                .orElse(Double.NaN);
    }
}
