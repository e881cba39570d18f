package io.carillon.local.cli;

import picocli.CommandLine.Command;

/** Stands in the list of commands; the script runs the tests itself, before there is a JVM. */
@Command(name = "test", description = "Run every test.", mixinStandardHelpOptions = true)
final class TestCommand implements Runnable {

    @Override
    public void run() {
        throw new Misconfigured("run the tests with ./carillon test, from a checkout");
    }
}
