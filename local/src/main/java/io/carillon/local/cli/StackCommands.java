package io.carillon.local.cli;

import picocli.CommandLine.Command;

/** Stand in the list of commands; the script runs them itself, with CDK's command line. */
final class StackCommands {

    private StackCommands() {}

    @Command(name = "deploy", description = "Deploy into your AWS account, or update what is there.")
    static final class Deploy extends Elsewhere {}

    @Command(name = "destroy", description = "Remove a deployment with all its data.")
    static final class Destroy extends Elsewhere {}

    @Command(name = "diff", description = "Show what deploy would change.")
    static final class Diff extends Elsewhere {}

    @Command(name = "synth", description = "Write the CloudFormation template of a deployment.")
    static final class Synth extends Elsewhere {}

    @Command(mixinStandardHelpOptions = true)
    abstract static class Elsewhere implements Runnable {

        @Override
        public void run() {
            throw new Misconfigured("run this with ./carillon, from a checkout");
        }
    }
}
