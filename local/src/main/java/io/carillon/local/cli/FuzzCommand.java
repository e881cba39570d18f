package io.carillon.local.cli;

import picocli.CommandLine.Command;

/** Stands in the list of commands; the script runs it itself, from a module of its own. */
@Command(
        name = "fuzz",
        description = "Look for input that makes Carillon crash, hang or eat memory.",
        mixinStandardHelpOptions = true)
final class FuzzCommand implements Runnable {

    @Override
    public void run() {
        throw new Misconfigured("run this with ./carillon fuzz, from a checkout");
    }
}
