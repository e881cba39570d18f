package io.carillon.local.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.events.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/**
 * A function's answer on a WebSocket route. API Gateway takes an object with a {@code statusCode} and, beside it, no key
 * it does not know; anything else counts as a failure of the function.
 *
 * @param status      value of {@code statusCode}
 * @param body        what goes back to the client; empty when nothing does
 * @param subprotocol value of the answer's {@code Sec-WebSocket-Protocol} header
 */
record ProxyAnswer(int status, byte[] body, Optional<String> subprotocol) {

    private static final Set<String> KEYS =
            Set.of("statusCode", "headers", "multiValueHeaders", "body", "isBase64Encoded");
    private static final byte[] NOTHING = {};

    boolean accepts() {
        return status >= 200 && status < 300;
    }

    /** Reads an answer; empty when API Gateway would not accept it. */
    static Optional<ProxyAnswer> read(byte[] bytes) {
        JsonNode answer;
        try {
            answer = Json.mapper().readTree(bytes);
        } catch (IOException e) {
            return Optional.empty();
        }
        if (answer == null || !answer.isObject() || !known(answer)) {
            return Optional.empty();
        }
        Optional<Integer> status = status(answer.path("statusCode"));
        Optional<byte[]> body = body(answer);
        if (status.isEmpty() || body.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new ProxyAnswer(status.get(), body.get(), subprotocol(answer)));
    }

    private static boolean known(JsonNode answer) {
        return answer.properties().stream().allMatch(field -> KEYS.contains(field.getKey()))
                && (!answer.has("headers")
                        || answer.get("headers").isObject()
                        || answer.get("headers").isNull());
    }

    private static Optional<Integer> status(JsonNode node) {
        int status = node.isInt()
                ? node.intValue()
                : node.isTextual() && node.textValue().matches("[1-9]\\d\\d") ? Integer.parseInt(node.textValue()) : 0;
        return status >= 100 && status <= 599 ? Optional.of(status) : Optional.empty();
    }

    private static Optional<byte[]> body(JsonNode answer) {
        JsonNode body = answer.path("body");
        if (body.isMissingNode() || body.isNull()) {
            return Optional.of(NOTHING);
        }
        if (!body.isTextual()) {
            return Optional.empty();
        }
        if (!answer.path("isBase64Encoded").asBoolean()) {
            return Optional.of(body.textValue().getBytes(StandardCharsets.UTF_8));
        }
        try {
            return Optional.of(Base64.getDecoder().decode(body.textValue()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> subprotocol(JsonNode answer) {
        return answer.path("headers").properties().stream()
                .filter(header -> header.getKey().equalsIgnoreCase("Sec-WebSocket-Protocol"))
                .map(header -> header.getValue().asText())
                .filter(value -> !value.isEmpty())
                .findFirst();
    }
}
