package io.carillon.local.cli;

import io.carillon.Version;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Runs one command of {@code ./carillon}. Exits with 0 when it did what was asked, 1 when it could not, 2 when the command line or the configuration is wrong. */
@Command(
        name = "carillon",
        description = "Real-time messaging in your own AWS account, and on this machine.",
        mixinStandardHelpOptions = true,
        version = "carillon " + Version.NUMBER,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DevCommand.class,
            TestCommand.class,
            TokenCommand.class,
            PublishCommand.class,
            LoadCommand.class,
            DoctorCommand.class,
            RedriveCommand.class,
            RenewCommand.class,
            CostCommand.class,
            WaterfallCommand.class,
            BenchCommand.class,
            FuzzCommand.class,
            StackCommands.Deploy.class,
            StackCommands.Diff.class,
            StackCommands.Synth.class,
            StackCommands.Destroy.class
        })
public final class Main {

    private Main() {}

    /** Runs the command that the arguments name. */
    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    static int run(String... arguments) {
        CommandLine commandLine = new CommandLine(new Main())
                .setUsageHelpAutoWidth(true)
                .setExecutionExceptionHandler((problem, command, parsed) -> {
                    command.getErr().println(command.getColorScheme().errorText("carillon: " + problem.getMessage()));
                    return problem instanceof Misconfigured ? 2 : 1;
                });
        if (arguments.length == 0) {
            commandLine.usage(commandLine.getOut());
            return 2;
        }
        return commandLine.execute(arguments);
    }
}
