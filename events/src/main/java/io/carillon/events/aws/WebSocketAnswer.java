package io.carillon.events.aws;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.carillon.events.Json;
import java.util.Map;

/**
 * What a route of a WebSocket API answers. On {@code $connect} a status other than 2xx refuses the handshake with
 * that status, and the headers may name the subprotocol; on a route with a route response the body becomes a frame.
 *
 * <p>Only the keys that API Gateway accepts are written, since any other makes it send an error frame to the client.
 *
 * @param statusCode an HTTP status
 * @param headers of the handshake's answer
 * @param body the frame to send; none is sent when empty
 */
public record WebSocketAnswer(
        @JsonInclude(JsonInclude.Include.ALWAYS) int statusCode, Map<String, String> headers, String body) {

    /** Accepts, and sends nothing. */
    public static final WebSocketAnswer OK = new WebSocketAnswer(200, Map.of(), "");

    public WebSocketAnswer {
        headers = Fields.map(headers);
        body = Fields.text(body);
    }

    /** Accepts, and sends a frame. */
    public static WebSocketAnswer frame(String body) {
        return new WebSocketAnswer(200, Map.of(), body);
    }

    /** Accepts or refuses with a status alone. */
    public static WebSocketAnswer status(int statusCode) {
        return new WebSocketAnswer(statusCode, Map.of(), "");
    }

    /** Writes what the function returns. */
    public String write() {
        return Json.write(this);
    }
}
