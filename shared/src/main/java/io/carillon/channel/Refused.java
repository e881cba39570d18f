package io.carillon.channel;

import io.carillon.events.ProtocolError;

/** Refuses one command with a numbered error; whoever sent it is told, and nobody else notices. */
public final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ProtocolError error;

    public Refused(ProtocolError error) {
        // No stack trace: a refusal is an answer, not a fault, and hostile clients could ask for many.
        super(error.message(), null, false, false);
        this.error = error;
    }

    public ProtocolError error() {
        return error;
    }
}
