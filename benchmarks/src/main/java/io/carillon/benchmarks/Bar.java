package io.carillon.benchmarks;

import java.io.PrintWriter;
import java.util.Locale;

/** Prints a figure beside the least that it has to be. */
final class Bar {

    private Bar() {}

    static void print(PrintWriter out, String what, double figure, double least) {
        out.printf(
                Locale.ROOT,
                "  %-46s %,12.2f   at least %,.2f: %s%n",
                what,
                figure,
                least,
                figure >= least ? "met" : "MISSED");
    }

    static void print(PrintWriter out, String what, double figure) {
        out.printf(Locale.ROOT, "  %-46s %,12.2f%n", what, figure);
    }
}
