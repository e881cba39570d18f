package io.carillon.session;

import io.carillon.delivery.Mailboxes;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what the mailboxes did not take once more: most faults have passed in a moment, and it is cheaper than to undo
 * what went before. The dedup ids make vanish what they did take.
 *
 * <p>Safe for use by several threads.
 */
final class SecondTry implements Mailboxes {

    private static final Logger LOG = LoggerFactory.getLogger(SecondTry.class);

    private final Mailboxes mailboxes;

    SecondTry(Mailboxes mailboxes) {
        this.mailboxes = mailboxes;
    }

    @Override
    public void send(List<Letter> letters) {
        try {
            mailboxes.send(letters);
        } catch (RuntimeException e) {
            LOG.warn("Sending {} letters again: {}", letters.size(), e.getMessage());
            mailboxes.send(letters);
        }
    }

    @Override
    public void handBack(List<Receipt> receipts) {
        mailboxes.handBack(receipts);
    }
}
