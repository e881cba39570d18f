package io.carillon.events.aws;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.carillon.events.Hidden;
import io.carillon.events.Json;
import java.util.Map;

/**
 * What a function answers to a request of an HTTP API, payload format 2.0.
 *
 * @param statusCode an HTTP status
 * @param body text; left out when empty
 */
public record HttpAnswer(
        @JsonInclude(JsonInclude.Include.ALWAYS) int statusCode, Map<String, String> headers, String body) {

    public HttpAnswer {
        headers = Fields.map(headers);
        body = Fields.text(body);
    }

    /** Shows no body, which may hold a session. */
    @Override
    public String toString() {
        return "HttpAnswer[statusCode=" + statusCode + ", headers=" + headers + ", body=" + Hidden.text(body) + "]";
    }

    /** Answers with JSON. */
    public static HttpAnswer json(int statusCode, String body) {
        return new HttpAnswer(statusCode, Map.of("content-type", "application/json"), body);
    }

    /** Answers with a status alone. */
    public static HttpAnswer status(int statusCode) {
        return new HttpAnswer(statusCode, Map.of(), "");
    }

    /** Writes what the function returns. */
    public String write() {
        return Json.write(this);
    }
}
