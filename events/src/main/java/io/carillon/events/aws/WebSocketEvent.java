package io.carillon.events.aws;

import io.carillon.events.Hidden;
import io.carillon.events.Json;
import io.carillon.events.MalformedJson;
import java.util.Map;

/**
 * What API Gateway tells a route of a WebSocket API: somebody connects, sent a frame, or is gone.
 *
 * <p>Only a CONNECT has a query string and the headers of the handshake; only a MESSAGE has a body; only a
 * DISCONNECT has a status code and a reason. What an event lacks is empty or 0. A DISCONNECT is best effort: it may
 * come late, or never.
 *
 * <p>Source: captured events; AWS documents no schema for them.
 *
 * @param connectionId names the connection, as in {@code ABCD1234=}; must be URL-encoded in a path
 * @param routeKey the route that was selected, as in {@code $connect}
 * @param body the frame's text
 * @param headers of the handshake, by their lower-cased names
 * @param queryString of the handshake, decoded; the last value where a name is repeated
 * @param connectedAt when the connection was made, in milliseconds since 1970
 * @param requestTimeEpoch when this event happened, in milliseconds since 1970
 * @param disconnectStatusCode the close code, as in 1005 for a close frame without a code
 * @param requestId names this event; API Gateway repeats it in its own error frames and logs
 */
public record WebSocketEvent(
        String connectionId,
        Type eventType,
        String routeKey,
        String body,
        Map<String, String> headers,
        Map<String, String> queryString,
        String sourceIp,
        long connectedAt,
        long requestTimeEpoch,
        int disconnectStatusCode,
        String disconnectReason,
        String requestId) {

    /** What happened to the connection. */
    public enum Type {
        CONNECT,
        MESSAGE,
        DISCONNECT
    }

    /**
     * Reads the event of a Lambda proxy integration.
     *
     * @throws MalformedJson if it is not an event of a WebSocket API
     */
    public static WebSocketEvent read(String text) {
        Wire event = Json.read(text, Wire.class);
        Context context = event.requestContext();
        if (context == null || context.connectionId() == null || context.eventType() == null) {
            throw new MalformedJson("not an event of a WebSocket API: no connectionId or no eventType");
        }
        return new WebSocketEvent(
                context.connectionId(),
                context.eventType(),
                Fields.text(context.routeKey()),
                Fields.body(event.body(), event.isBase64Encoded()).orElse(""),
                Fields.headers(event.headers()),
                Fields.map(event.queryStringParameters()),
                context.identity() == null ? "" : Fields.text(context.identity().sourceIp()),
                context.connectedAt(),
                context.requestTimeEpoch(),
                context.disconnectStatusCode(),
                Fields.text(context.disconnectReason()),
                Fields.text(context.requestId()));
    }

    /** Gives the header of that lower-cased name, or an empty text. */
    public String header(String name) {
        return headers.getOrDefault(name, "");
    }

    /** Shows neither headers nor query nor body, which hold cookies and tokens. */
    @Override
    public String toString() {
        return "WebSocketEvent[connectionId=" + connectionId + ", eventType=" + eventType + ", headers="
                + Hidden.values(headers) + ", queryString=" + Hidden.values(queryString) + ", body=" + Hidden.text(body)
                + ", requestId=" + requestId + "]";
    }

    record Wire(
            Map<String, String> headers,
            Map<String, String> queryStringParameters,
            Context requestContext,
            String body,
            boolean isBase64Encoded) {}

    record Context(
            String connectionId,
            Type eventType,
            String routeKey,
            Identity identity,
            long connectedAt,
            long requestTimeEpoch,
            int disconnectStatusCode,
            String disconnectReason,
            String requestId) {}

    record Identity(String sourceIp) {}
}
