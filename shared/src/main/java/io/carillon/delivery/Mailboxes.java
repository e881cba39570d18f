package io.carillon.delivery;

import io.carillon.events.Mail;
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
     * A message with the id that makes a repeat within five minutes vanish.
     *
     * @param dedup unique among the messages of one mailbox
     */
    record Letter(Mail mail, String dedup) {}
}
