package io.carillon.benchmarks;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Compares the deliverer with the bare SDK client, and with raw HTTP, all posting the same bytes to the same server. */
final class PostsBenchmark implements Benchmark {

    private static final double LEAST_PER_CORE = 10_000;
    private static final double LEAST_RATIO = 0.8;

    @Override
    public String name() {
        return "posts";
    }

    @Override
    public String about() {
        return "posts to a loopback server by the deliverer, the bare SDK client, and raw HTTP";
    }

    @Override
    public void run(Effort effort, PrintWriter out) throws IOException, InterruptedException {
        try (ServerProcess server = ServerProcess.start(Duration.ZERO)) {
            Audience names = new Audience(effort.subscribers(), new Unused());
            List<PostLoop> loops = List.of(
                    new DelivererLoop(server.endpoint(), effort.subscribers()),
                    new SdkLoop(server.endpoint(), names.connections(), names.frame()),
                    new RawLoop(server.port(), "d9Qx000000IAMCLoQ%3D", names.frame()),
                    new PosterLoop(server.endpoint(), names.connections(), names.frame()));
            try {
                print(measure(loops, effort), loops, out);
            } finally {
                loops.forEach(PostLoop::close);
            }
        }
    }

    /** Measures turn by turn, so that whatever else the machine does hits all alike; two rounds go by for warming up. */
    private static List<List<Sample>> measure(List<PostLoop> loops, Effort effort)
            throws IOException, InterruptedException {
        List<List<Sample>> samples = new ArrayList<>();
        loops.forEach(loop -> samples.add(new ArrayList<>()));
        for (int round = -2; round < effort.rounds(); round++) {
            for (int i = 0; i < loops.size(); i++) {
                Sample sample = Sample.of(loops.get(i), effort.round());
                if (round >= 0) {
                    samples.get(i).add(sample);
                }
            }
        }
        return samples;
    }

    private static void print(List<List<Sample>> samples, List<PostLoop> loops, PrintWriter out) {
        out.printf("  %-20s %12s %16s %20s%n", "", "posts/s", "CPU us per post", "posts/s per core");
        for (int i = 0; i < loops.size(); i++) {
            out.printf(
                    Locale.ROOT,
                    "  %-20s %,12.0f %,16.1f %,20.0f%n",
                    loops.get(i).name(),
                    Medians.of(samples.get(i), Sample::perSecond),
                    Medians.of(samples.get(i), Sample::cpuMicros),
                    Medians.of(samples.get(i), Sample::perCore));
        }
        double ours = Medians.of(samples.get(0), Sample::perCore);
        double sdk = Medians.of(samples.get(1), Sample::perCore);
        double raw = Medians.of(samples.get(2), Sample::perCore);
        Bar.print(out, "deliverer, posts/s per core", ours, LEAST_PER_CORE);
        Bar.print(out, "ratio to the bare SDK client, per core", ours / sdk, LEAST_RATIO);
        Bar.print(
                out,
                "ratio to the bare SDK client, by the clock",
                Medians.of(samples.get(0), Sample::perSecond) / Medians.of(samples.get(1), Sample::perSecond));
        Bar.print(out, "ratio to raw unsigned HTTP, per core", ours / raw);
    }
}
