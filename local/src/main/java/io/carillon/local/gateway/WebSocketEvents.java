package io.carillon.local.gateway;

import com.fasterxml.jackson.core.JsonGenerator;
import io.carillon.events.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes the events of the WebSocket API as their functions see them in Lambda: fields and their places as in captured
 * events, so none that API Gateway leaves out is there.
 */
final class WebSocketEvents {

    private static final DateTimeFormatter REQUEST_TIME = DateTimeFormatter.ofPattern(
                    "dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private WebSocketEvents() {}

    /** The event of {@code $connect}: all of the handshake but no body. */
    static byte[] connect(
            Client client, String requestId, Map<String, List<String>> headers, Map<String, List<String>> query) {
        return write(json -> {
            multi(json, "headers", "multiValueHeaders", headers);
            if (!query.isEmpty()) {
                multi(json, "queryStringParameters", "multiValueQueryStringParameters", query);
            }
            context(json, client, WebSocketRoutes.CONNECT, "CONNECT", requestId, extra -> {});
        });
    }

    /** The event of one message: no headers and no query. */
    static byte[] message(Client client, String requestId, String routeKey, String body) {
        return write(json -> {
            context(
                    json,
                    client,
                    routeKey,
                    "MESSAGE",
                    requestId,
                    extra -> extra.writeStringField("messageId", GatewayIds.next()));
            json.writeStringField("body", body);
        });
    }

    /** The event of a connection's end. */
    static byte[] disconnect(Client client, String requestId, Closing closing) {
        return write(json -> {
            multi(
                    json,
                    "headers",
                    "multiValueHeaders",
                    Map.of(
                            "Host", List.of(client.domainName()),
                            "x-api-key", List.of(""),
                            "X-Forwarded-For", List.of(""),
                            "x-restapi", List.of("")));
            context(json, client, WebSocketRoutes.DISCONNECT, "DISCONNECT", requestId, extra -> {
                extra.writeNumberField("disconnectStatusCode", closing.code());
                extra.writeStringField("disconnectReason", closing.reason());
            });
        });
    }

    private static void context(
            JsonGenerator json, Client client, String routeKey, String eventType, String requestId, Fields extra)
            throws IOException {
        long now = System.currentTimeMillis();
        json.writeObjectFieldStart("requestContext");
        json.writeStringField("routeKey", routeKey);
        extra.write(json);
        json.writeStringField("eventType", eventType);
        json.writeStringField("extendedRequestId", requestId);
        json.writeStringField("requestTime", REQUEST_TIME.format(Instant.ofEpochMilli(now)));
        json.writeStringField("messageDirection", "IN");
        json.writeStringField("stage", client.stage());
        json.writeNumberField("connectedAt", client.connectedAt());
        json.writeNumberField("requestTimeEpoch", now);
        json.writeObjectFieldStart("identity");
        if (!client.userAgent().isEmpty()) {
            json.writeStringField("userAgent", client.userAgent());
        }
        json.writeStringField("sourceIp", client.sourceIp());
        json.writeEndObject();
        json.writeStringField("requestId", requestId);
        json.writeStringField("domainName", client.domainName());
        json.writeStringField("connectionId", client.connectionId());
        json.writeStringField("apiId", client.apiId());
        json.writeEndObject();
    }

    /** API Gateway gives every such map twice: once with the last value of each name, once with all. */
    private static void multi(JsonGenerator json, String single, String all, Map<String, List<String>> values)
            throws IOException {
        json.writeObjectFieldStart(single);
        for (Map.Entry<String, List<String>> entry : values.entrySet()) {
            json.writeStringField(entry.getKey(), entry.getValue().getLast());
        }
        json.writeEndObject();
        json.writeObjectFieldStart(all);
        for (Map.Entry<String, List<String>> entry : values.entrySet()) {
            json.writeArrayFieldStart(entry.getKey());
            for (String value : entry.getValue()) {
                json.writeString(value);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static byte[] write(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1_024);
        try (JsonGenerator json = Json.mapper().createGenerator(bytes)) {
            json.writeStartObject();
            fields.write(json);
            json.writeBooleanField("isBase64Encoded", false);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    private interface Fields {
        void write(JsonGenerator json) throws IOException;
    }
}
