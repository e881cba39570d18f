package io.carillon.delivery;

import io.carillon.events.Mail;
import java.time.Duration;
import java.util.List;

/**
 * Sends to the shards' mailboxes. The messages of one mailbox are carried out in the order in which they were sent.
 *
 * <p>Safe for use by several threads.
 */
public interface Mailboxes {

    /**
     * Sends messages and returns when all are stored.
     *
     * @param letters in order; those for one mailbox keep theirs
     */
    void send(List<Letter> letters);

    /**
     * Asks for messages that were received and could not be carried out to come again after a pause. What this does not
     * reach comes again when the queue thinks that its receiver is dead, which takes longer.
     */
    default void handBack(List<Receipt> receipts) {
        // The queue does it by itself.
    }

    /**
     * A message that was received.
     *
     * @param handle names this one receipt of it
     * @param pause after which it comes again; whole seconds
     */
    record Receipt(String handle, Duration pause) {}

    /**
     * A message with the id that makes a repeat within five minutes vanish.
     *
     * @param dedup unique among the messages of one mailbox
     */
    record Letter(Mail mail, String dedup) {}
}
