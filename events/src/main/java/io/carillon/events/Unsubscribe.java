package io.carillon.events;

/**
 * Ends one subscription and tells the client library whether to subscribe again.
 *
 * @param code below 2500 is final; from 2500 on the client subscribes again, with recovery
 * @param reason short text for humans
 */
public record Unsubscribe(int code, String reason) {

    public static final Unsubscribe SERVER = new Unsubscribe(2000, "server unsubscribe");
    public static final Unsubscribe INSUFFICIENT_STATE = new Unsubscribe(2500, "insufficient state");
    public static final Unsubscribe EXPIRED = new Unsubscribe(2501, "subscription expired");
    public static final Unsubscribe STATE_INVALIDATED = new Unsubscribe(2502, "state invalidated");

    public Unsubscribe {
        reason = Absent.text(reason);
    }
}
