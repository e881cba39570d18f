package io.carillon.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.events.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;

/**
 * A function's answer to an HTTP request, by payload format 2.0: an object with a {@code statusCode} says everything
 * itself; any other JSON is the body of a 200 in {@code application/json}.
 *
 * @param status  HTTP status
 * @param headers response headers, cookies among them
 * @param body    response body
 */
record HttpApiAnswer(int status, List<HttpField> headers, byte[] body) {

    /** Reads an answer; empty when it is neither of the two forms. */
    static Optional<HttpApiAnswer> read(byte[] bytes) {
        JsonNode answer;
        try {
            answer = Json.mapper().readTree(bytes);
        } catch (IOException e) {
            return Optional.empty();
        }
        if (answer == null || answer.isMissingNode()) {
            return Optional.empty();
        }
        if (!answer.has("statusCode")) {
            return Optional.of(
                    new HttpApiAnswer(200, List.of(new HttpField("content-type", "application/json")), bytes));
        }
        int status = answer.path("statusCode").asInt();
        JsonNode body = answer.path("body");
        if (status < 100 || status > 599 || !(body.isTextual() || body.isMissingNode() || body.isNull())) {
            return Optional.empty();
        }
        Optional<byte[]> content = content(body, answer.path("isBase64Encoded").asBoolean());
        return content.map(given -> new HttpApiAnswer(status, headers(answer), given));
    }

    private static Optional<byte[]> content(JsonNode body, boolean base64) {
        if (!body.isTextual()) {
            return Optional.of(new byte[0]);
        }
        if (!base64) {
            return Optional.of(body.textValue().getBytes(StandardCharsets.UTF_8));
        }
        try {
            return Optional.of(Base64.getDecoder().decode(body.textValue()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static List<HttpField> headers(JsonNode answer) {
        List<HttpField> headers = new ArrayList<>();
        for (Map.Entry<String, JsonNode> header : answer.path("headers").properties()) {
            headers.add(new HttpField(header.getKey(), header.getValue().asText()));
        }
        for (JsonNode cookie : answer.path("cookies")) {
            headers.add(new HttpField("set-cookie", cookie.asText()));
        }
        return headers;
    }
}
