package io.carillon.delivery;

/**
 * Takes messages of the mailbox queue that nobody can read, for people to look at.
 *
 * <p>Safe for use by several threads.
 */
public interface DeadLetters {

    /** Stores a message, and returns when it is stored; a repeat within five minutes vanishes. */
    void take(MailRound.Letter letter);
}
