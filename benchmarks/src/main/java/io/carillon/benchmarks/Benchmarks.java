package io.carillon.benchmarks;

import java.util.List;

/** Lists what can be measured, in the order in which it is. */
final class Benchmarks {

    static final List<Benchmark> ALL = List.of(
            new JmhBenchmark(
                    "codec", "reading and writing frames, against Jackson's own tree", CodecBenchmark.class, "tree"),
            new JmhBenchmark(
                    "deliver",
                    "one batch to 1,000 subscribers in memory, against posting alone",
                    DeliverBenchmark.class,
                    "postOnly"),
            new PostsBenchmark(),
            new NaiveBenchmark(),
            new FramesBenchmark(),
            new ColdStartBenchmark(),
            new MemoryBenchmark());

    private Benchmarks() {}
}
