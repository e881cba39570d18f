package io.carillon.sqs;

/**
 * Says that SQS did not take some messages. Those before them in their mailboxes were taken, none after them was: to send
 * all again with the same dedup ids repeats and reorders nothing.
 */
public final class MailNotSentException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    MailNotSentException(String reason) {
        super(reason);
    }

    MailNotSentException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
