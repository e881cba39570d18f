package io.carillon.local.gateway;

/**
 * How a connection ended, as {@code $disconnect} hears it and, when the gateway ends it, as the client does (codes: API
 * Gateway developer guide, "WebSocket API status codes"; reasons as seen in real events).
 *
 * @param code   WebSocket close code
 * @param reason text beside the code; may be empty
 */
record Closing(int code, String reason) {

    static final Closing DELETED = new Closing(1000, "Connection Closed Normally");
    static final Closing GOING_AWAY = new Closing(1001, "Going away");
    static final Closing BINARY = new Closing(1003, "Binary media types aren't supported for WebSocket APIs");
    static final Closing NO_CODE = new Closing(1005, "Client-side close frame status not set");
    static final Closing CUT = new Closing(1006, "");
    static final Closing BAD_TEXT = new Closing(1007, "Invalid UTF-8 in a text message");
    static final Closing TOO_MANY = new Closing(1008, "Too many requests, and their answers are not read");
    static final Closing TOO_BIG = new Closing(1009, "Message too big");
}
