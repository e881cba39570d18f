package io.carillon.local.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Sends mails that could not be delivered back to their mailboxes. */
@Command(
        name = "redrive",
        description = "Move the mails of the dead-letter queue back to their mailboxes, each mailbox's in their order."
                + " Remove first what made them fail.",
        mixinStandardHelpOptions = true)
final class RedriveCommand implements Runnable {

    @Mixin
    private Deployment deployment = new Deployment();

    @Override
    public void run() {
        int moved = deployment.redrive();
        System.out.println(moved == 0 ? "The dead-letter queue is empty." : moved + " mails are on their way again.");
    }
}
