package io.carillon.push;

/**
 * Remembers for {@link #REMEMBERED_DAYS} days who has got which notification, so that nobody gets it twice.
 *
 * <p>Safe for use by several threads and processes.
 */
public interface Sends {

    /** Longer than the queue keeps a message. */
    int REMEMBERED_DAYS = 5;

    /** Says whether to send. */
    enum Claim {
        /** Nobody has sent it, or whoever tried has died: send. */
        TAKEN,
        /** Somebody is sending it right now. */
        BUSY,
        /** It is settled. */
        DONE
    }

    /**
     * What became of a notification for one recipient.
     *
     * @param recipient a device's id
     * @param detail why, or the id that SNS gave the message; may be empty
     */
    record Delivery(String recipient, Status status, String detail) {}

    /** The ends that a notification can have. */
    enum Status {
        /** SNS has taken it for delivery. */
        SENT,
        /** There is no such device. */
        NOT_FOUND,
        /** The user was connected. */
        CONNECTED,
        /** The notification has nothing for the device's provider. */
        NO_PAYLOAD,
        /** The device got too many. */
        RATE_LIMITED,
        /** The provider no longer knows the device, which is removed. */
        TOKEN_DEAD,
        /** SNS refuses it, and would again. */
        REFUSED,
        /** It was too late. */
        EXPIRED
    }

    /** Takes a notification up for one recipient, for a minute. */
    Claim claim(String uid, String recipient);

    /** Gives it back, so that it is tried again. */
    void release(String uid, String recipient);

    /** Records its end. */
    void settle(String uid, Delivery delivery);

    /** Lists the ends of a notification, in the order of the recipients after {@code since}. */
    Page<Delivery> of(String uid, String since, int limit);

    /** Counts one for a device in the present minute, unless that is more than a limit. */
    boolean allows(String device, int perMinute);
}
