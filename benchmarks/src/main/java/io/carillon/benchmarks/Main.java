package io.carillon.benchmarks;

import picocli.CommandLine;

/** Runs {@code ./carillon bench}. Exits with 0 when it measured, 1 when it could not, 2 when the command line is wrong. */
public final class Main {

    private Main() {}

    /** Measures what the arguments name. */
    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    static int run(String... arguments) {
        CommandLine commandLine = new CommandLine(new BenchCommand());
        commandLine.setCommandName("carillon bench");
        return commandLine.setUsageHelpAutoWidth(true).execute(arguments);
    }
}
