package io.carillon.local.gateway;

import java.nio.charset.StandardCharsets;

/** Writes the messages that API Gateway itself sends to WebSocket clients, byte for byte as it does. */
final class GatewayMessages {

    static final String INTERNAL_SERVER_ERROR = "Internal server error";
    static final String FORBIDDEN = "Forbidden";

    /** AWS does not document this one; these are the words of its HTTP answers. */
    static final String TOO_MANY_REQUESTS = "Too Many Requests";

    private GatewayMessages() {}

    /** Only the first colon is followed by a space: clients that compare texts rely on it. */
    static byte[] error(String message, String connectionId, String requestId) {
        return ("{\"message\": \"" + message + "\", \"connectionId\":\"" + connectionId + "\", \"requestId\":\""
                        + requestId + "\"}")
                .getBytes(StandardCharsets.UTF_8);
    }
}
