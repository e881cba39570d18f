package io.carillon.testing;

import io.carillon.delivery.Mailboxes;
import io.carillon.events.Mail;
import io.carillon.fakes.FakeMailboxes;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** Mailboxes that fail when a test says so. */
public final class FaultyMailboxes implements Mailboxes {

    private final FakeMailboxes mailboxes;
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicBoolean failingOnce = new AtomicBoolean();
    private final AtomicReference<Runnable> beforeNext = new AtomicReference<>(() -> {});
    private volatile boolean failing;
    private volatile boolean losing;

    FaultyMailboxes(FakeMailboxes mailboxes) {
        this.mailboxes = mailboxes;
    }

    /** Lets every message fail from now on, or no more. */
    public void fail(boolean shallFail) {
        failing = shallFail;
    }

    /** Lets every call fail from now on, or no more, although it takes the messages. */
    public void loseAnswers(boolean shallLose) {
        losing = shallLose;
    }

    /** Lets the next call fail. */
    public void failNext() {
        failingOnce.set(true);
    }

    /** Does something before the next call sends anything. */
    public void beforeNext(Runnable work) {
        beforeNext.set(work);
    }

    /** What takes a process with it; nobody catches it. */
    public static final class Died extends Error {

        private static final long serialVersionUID = 1L;
    }

    /** Everything that was accepted so far. */
    public List<Mail> sent() {
        return mailboxes.sent();
    }

    /** Counts how often somebody sent something, whether accepted or not. */
    public int calls() {
        return calls.get();
    }

    @Override
    public void send(List<Letter> letters) {
        calls.incrementAndGet();
        beforeNext.getAndSet(() -> {}).run();
        if (failing || failingOnce.getAndSet(false)) {
            throw new IllegalStateException("The mailboxes are down");
        }
        mailboxes.send(letters);
        if (losing && !letters.isEmpty()) {
            throw new IllegalStateException("The mailboxes' answer is lost");
        }
    }

    @Override
    public void handBack(List<Receipt> receipts) {
        mailboxes.handBack(receipts);
    }

    void drain(FakeMailboxes.Deliverer deliverer) {
        mailboxes.drain(deliverer);
    }
}
