package io.carillon.benchmarks;

import io.carillon.benchmarks.FunctionProcess.Times;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/**
 * Says what a function's memory buys. Lambda gives a function a processor's share by its memory, 1,769 MB for a whole one,
 * and bills memory times duration: what waits costs less with less memory, what computes costs the same and takes longer.
 * So a function is measured with the heap that a size leaves it, for whether it fits, how much of an invocation is
 * processor time and how much is waiting; duration and price of a size follow.
 */
final class MemoryBenchmark implements Benchmark {

    private static final List<Integer> SIZES = List.of(256, 512, 1_024, 1_769);

    /** What Lambda gives a whole processor for, in MB. */
    private static final double WHOLE_PROCESSOR = 1_769;

    /** The rest is for the JVM itself: classes, compiled code, threads. */
    private static final double HEAP_SHARE = 0.5;

    private static final double GB_SECOND = 0.0000133334;
    private static final double INVOCATION = 0.20 / 1_000_000;

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public String about() {
        return "each function with the memory sizes of Lambda: does it fit, how long does it take, what does it cost";
    }

    @Override
    public void run(Effort effort, PrintWriter out) throws IOException, InterruptedException {
        try (Backends backends = new Backends()) {
            out.printf(
                    "  %-12s %8s %10s %10s %12s %14s%n", "", "MB", "peak MB", "CPU ms", "duration ms", "$ per million");
            List<BenchFunction> functions = BenchFunction.all(backends);
            for (BenchFunction function : effort.rounds() > 1 ? functions : functions.subList(0, 1)) {
                for (int size : SIZES) {
                    print(function, size, measure(function, size, backends, effort), out);
                }
            }
        }
    }

    private static Times measure(BenchFunction function, int size, Backends backends, Effort effort)
            throws IOException, InterruptedException {
        return FunctionProcess.measure(
                function.handler(),
                BenchFunction.classPath(),
                backends.environment(),
                function.events(),
                2 * effort.invocations(),
                (int) (size * HEAP_SHARE));
    }

    private static void print(BenchFunction function, int size, Times times, PrintWriter out) {
        double cpu = times.footprint().cpuMillis();
        double waiting = Math.max(0, times.mean() - cpu);
        double duration = waiting + cpu * WHOLE_PROCESSOR / size;
        double price = INVOCATION + Math.ceil(duration) / 1_000 * size / 1_024 * GB_SECOND;
        out.printf(
                Locale.ROOT,
                "  %-12s %,8d %10.0f %10.1f %12.1f %14.2f%s%n",
                function.name(),
                size,
                times.footprint().peakMb(),
                cpu,
                duration,
                price * 1_000_000,
                times.footprint().peakMb() > size ? "  does not fit" : "");
        out.flush();
    }
}
