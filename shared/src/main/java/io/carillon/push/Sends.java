package io.carillon.push;

import java.time.Duration;

/**
 * Remembers for {@link #REMEMBERED_DAYS} days who has got which notification, so that nobody gets it twice.
 *
 * <p>Safe for use by several threads and processes.
 */
public interface Sends {

    /** Longer than the queue keeps a message. */
    int REMEMBERED_DAYS = 5;

    /** How many days ahead a notification can be sent at most. */
    int FARTHEST_DAYS = 30;

    /** Says whether to send. */
    enum Claim {
        /** Nobody has sent it, or whoever tried has died: send. */
        TAKEN,
        /** Somebody is sending it right now. */
        BUSY,
        /** It is settled, and has not {@link Status#FAILED}. */
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
        /** The user has no device, or the topic or filter names none. */
        NO_DEVICE,
        /** Every attempt failed, and the job is in the dead-letter queue; from there it can be sent again. */
        FAILED,
        /** The user was connected, or has been since. */
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
        EXPIRED,
        /** It is for a time of the day, and the device has told no time zone. */
        NO_TIMEZONE,
        /** It was taken back. */
        CANCELLED,
        /** The app says that it has come. */
        DELIVERED,
        /** The app says that the user has opened it. */
        INTERACTED
    }

    /** Takes a notification up for one recipient, for a minute. */
    Claim claim(String uid, String recipient);

    /** Gives it back, so that it is tried again. */
    void release(String uid, String recipient);

    /** Records its end. */
    void settle(String uid, Delivery delivery);

    /** Records an end of {@link Status#FAILED}, unless it has one; another claim can still take it up. */
    void fail(String uid, String recipient, String detail);

    /**
     * Writes over the end of a notification.
     *
     * @return false, and nothing is written, if there is no end yet
     */
    boolean note(String uid, Delivery delivery);

    /** Takes a notification back that is to be sent later. */
    void cancel(String uid);

    /** Whether it is taken back; strongly consistent. */
    boolean isCancelled(String uid);

    /** Lists the ends of a notification, in the order of the recipients after {@code since}. */
    Page<Delivery> of(String uid, String since, int limit);

    /** Counts one for a device in the present minute, unless that is more than a limit. */
    boolean allows(String device, int perMinute);

    /** Takes one back that was counted for a device and not sent. */
    void giveBack(String device);

    /** Takes one back that was counted under a name and not sent. */
    void giveBack(String counted, Duration interval);

    /** Counts one under a name in the present interval, all of which begin at multiples of it since 1970. */
    boolean allows(String counted, Duration interval, int most);
}
