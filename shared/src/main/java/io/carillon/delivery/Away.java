package io.carillon.delivery;

import io.carillon.connection.Entry;
import io.carillon.events.Disconnect;
import io.carillon.events.FrameWriter;
import io.carillon.events.ProtocolError;
import io.carillon.events.Push;
import io.carillon.events.Unsubscribe;

/**
 * Sends a subscriber away to come back: it is told to subscribe again (2500), and recovers from the log what could not
 * be delivered. Meanwhile it stays in presence, and nobody sees it leave or join.
 *
 * <p>The entry that lets it back in is written first, because the client answers the push at once; the subscriber's row
 * last, because a delivery that fails in between must tell it again.
 */
final class Away {

    private final Entries entries;

    Away(Entries entries) {
        this.entries = entries;
    }

    /**
     * Tells a client library to subscribe again; or to connect again where the server subscribed it, because then the
     * library takes an unsubscribe for the end and waits for nothing more.
     */
    static String push(String channel, Subscriber subscriber) {
        if (!subscriber.options().clientRefresh()) {
            return FrameWriter.disconnect(Disconnect.INSUFFICIENT_STATE);
        }
        Unsubscribe reason = Unsubscribe.INSUFFICIENT_STATE;
        return FrameWriter.push(channel, new Push.Unsubscribed(reason.code(), reason.reason()));
    }

    /**
     * The same where the answer to its subscribe command may not have got through. A library that still waits for that
     * ignores the push, and asks again as soon as it is told that the command failed; one that has the answer has nothing
     * to do with the error.
     *
     * @param command the command that was answered; 0 for none
     */
    static String push(String channel, Subscriber subscriber, long command) {
        String push = push(channel, subscriber);
        return command == 0 ? push : FrameWriter.error(command, ProtocolError.INTERNAL) + "\n" + push;
    }

    /** Notes in the connection's row that it may subscribe again, unless it has asked for something else since. */
    void allowReturn(String channel, Subscriber subscriber) {
        entries.change(subscriber.connection(), channel, subscriber.revision(), entry -> entry.to(Entry.State.AWAY));
    }
}
