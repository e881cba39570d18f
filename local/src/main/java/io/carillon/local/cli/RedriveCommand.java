package io.carillon.local.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Sends mails that could not be delivered back to their mailboxes, or push jobs back to their queue. */
@Command(
        name = "redrive",
        description = "Move the mails of the dead-letter queue back to their mailboxes, each mailbox's in their order."
                + " Remove first what made them fail. With --push: the jobs of mobile push, which reach nobody twice.",
        mixinStandardHelpOptions = true)
final class RedriveCommand implements Runnable {

    @Mixin
    private Deployment deployment = new Deployment();

    @Option(
            names = "--push",
            description = "Move the jobs of the push queue, which is beside the mailbox queue, instead of mails.")
    private boolean push;

    @Override
    public void run() {
        int moved = AwsTrouble.told(() -> deployment.redrive(push));
        System.out.println(
                moved == 0
                        ? "The dead-letter queue is empty."
                        : moved + (push ? " jobs" : " mails") + " are on their way again.");
    }
}
