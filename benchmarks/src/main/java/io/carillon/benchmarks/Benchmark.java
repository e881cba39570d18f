package io.carillon.benchmarks;

import java.io.IOException;
import java.io.PrintWriter;

/** One comparison, which prints figures and their ratios. */
interface Benchmark {

    /** The name on the command line. */
    String name();

    /** What is compared, in one line. */
    String about();

    /** Measures, and prints what came out; takes as long as {@code effort} says. */
    void run(Effort effort, PrintWriter out) throws IOException, InterruptedException;
}
