package io.carillon.benchmarks;

import io.carillon.benchmarks.FunctionProcess.Times;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntFunction;

/**
 * Starts each function as Lambda does, and invokes it with a sample of what it gets. Its tables and queues are on the
 * same machine. SnapStart restores a process that was primed before its snapshot, so there the column "first, primed"
 * counts instead of the cold start.
 */
final class ColdStartBenchmark implements Benchmark {

    @Override
    public String name() {
        return "coldstart";
    }

    @Override
    public String about() {
        return "each function from JVM start to its first answer, against one that does nothing";
    }

    @Override
    public void run(Effort effort, PrintWriter out) throws IOException, InterruptedException {
        String classPath = BenchFunction.classPath();
        try (Backends backends = new Backends()) {
            out.printf(
                    "  %-12s %14s %10s %10s %14s %12s %14s%n",
                    "", "cold start ms", "x empty", "first ms", "first, primed", "last ms", "primed / last");
            BenchFunction nothing = new BenchFunction("empty", EmptyHandler.class, i -> "{}");
            double empty = print(nothing, own(), Map.of(), effort, 0, out);
            List<BenchFunction> functions = BenchFunction.all(backends);
            for (BenchFunction function : effort.rounds() > 1 ? functions : functions.subList(0, 1)) {
                print(function, classPath, backends.environment(), effort, empty, out);
            }
        }
    }

    private interface Measurement {

        Times of(
                Class<?> handler,
                String classPath,
                Map<String, String> environment,
                IntFunction<String> events,
                int times)
                throws IOException, InterruptedException;
    }

    private static List<Times> measure(
            Measurement measurement,
            BenchFunction function,
            String classPath,
            Map<String, String> environment,
            Effort effort)
            throws IOException, InterruptedException {
        List<Times> times = new ArrayList<>();
        for (int round = 0; round < effort.rounds(); round++) {
            times.add(measurement.of(
                    function.handler(), classPath, environment(environment), function.events(), effort.invocations()));
        }
        return times;
    }

    /** The runtime interface client wants these even where a function does not. */
    private static Map<String, String> environment(Map<String, String> given) {
        return given.isEmpty()
                ? Map.of(
                        "AWS_LAMBDA_FUNCTION_NAME", "empty",
                        "AWS_LAMBDA_FUNCTION_VERSION", "1",
                        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512")
                : given;
    }

    private static double print(
            BenchFunction function,
            String classPath,
            Map<String, String> environment,
            Effort effort,
            double empty,
            PrintWriter out)
            throws IOException, InterruptedException {
        List<Times> times = measure(FunctionProcess::measure, function, classPath, environment, effort);
        List<Times> restored = measure(FunctionProcess::measureRestored, function, classPath, environment, effort);
        double coldStart = Medians.of(times, Times::coldStart);
        double primed = Medians.of(restored, Times::first);
        double last = Medians.of(restored, Times::last);
        out.printf(
                Locale.ROOT,
                "  %-12s %,14.0f %10.1f %,10.1f %,14.1f %,12.1f %14.1f%n",
                function.name(),
                coldStart,
                empty == 0 ? 1 : coldStart / empty,
                Medians.of(times, Times::first),
                primed,
                last,
                primed / last);
        out.flush();
        return coldStart;
    }

    /** The class path of a function that has nothing in it. */
    private static String own() {
        try {
            return Path.of(EmptyHandler.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("The class path cannot be told", e);
        }
    }
}
