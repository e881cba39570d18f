package io.carillon.local.cli;

import picocli.CommandLine.Command;

/** Stands in the list of commands; the script runs it itself, from a module of its own. */
@Command(
        name = "bench",
        description = "Measure how fast the parts are, and print ratios.",
        mixinStandardHelpOptions = true)
final class BenchCommand implements Runnable {

    @Override
    public void run() {
        throw new Misconfigured("run this with ./carillon bench, from a checkout");
    }
}
