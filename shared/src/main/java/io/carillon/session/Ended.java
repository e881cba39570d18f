package io.carillon.session;

import io.carillon.events.Disconnect;

/** Ends the connection whose command is being carried out. */
final class Ended extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Disconnect disconnect;

    Ended(Disconnect disconnect) {
        // No stack trace: this is an answer to a client, not a fault of ours.
        super(disconnect.reason(), null, false, false);
        this.disconnect = disconnect;
    }

    Disconnect disconnect() {
        return disconnect;
    }
}
