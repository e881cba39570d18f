package io.carillon.testing;

import io.carillon.delivery.Mailboxes;
import io.carillon.events.Mail;
import io.carillon.fakes.FakeMailboxes;
import java.util.List;

/** Mailboxes that fail when a test says so. */
public final class FaultyMailboxes implements Mailboxes {

    private final FakeMailboxes mailboxes;
    private volatile boolean failing;

    FaultyMailboxes(FakeMailboxes mailboxes) {
        this.mailboxes = mailboxes;
    }

    /** Lets every message fail from now on, or no more. */
    public void fail(boolean shallFail) {
        failing = shallFail;
    }

    /** Everything that was accepted so far. */
    public List<Mail> sent() {
        return mailboxes.sent();
    }

    @Override
    public void send(List<Letter> letters) {
        if (failing) {
            throw new IllegalStateException("The mailboxes are down");
        }
        mailboxes.send(letters);
    }

    void drain(FakeMailboxes.Deliverer deliverer) {
        mailboxes.drain(deliverer);
    }
}
