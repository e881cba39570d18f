package io.carillon.local.gateway;

import com.fasterxml.jackson.core.JsonGenerator;
import io.carillon.events.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Fields;

/**
 * Writes the event of one HTTP request in payload format 2.0 (API Gateway developer guide, "Create AWS Lambda proxy
 * integrations for HTTP APIs"): lower-case header names, equal names joined by commas, cookies apart.
 */
final class HttpApiEvent {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final String ACCOUNT = "000000000000";

    /**
     * Media types whose bodies arrive as text; API Gateway hands over all others in base64, form data among them, which
     * is what {@code curl -d} sends when it is not told otherwise.
     */
    private static final Pattern TEXT = Pattern.compile(
            "(text/.*|application/(.*\\+)?(json|xml)|application/javascript)(\\s*;.*)?", Pattern.CASE_INSENSITIVE);

    private HttpApiEvent() {}

    static byte[] write(GatewaySettings settings, HttpRoute route, String requestId, Request request, byte[] body) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1_024 + body.length);
        try (JsonGenerator json = Json.mapper().createGenerator(bytes)) {
            String path = request.getHttpURI().getPath();
            String query = request.getHttpURI().getQuery();
            json.writeStartObject();
            json.writeStringField("version", "2.0");
            json.writeStringField("routeKey", route.key());
            json.writeStringField("rawPath", path);
            json.writeStringField("rawQueryString", query == null ? "" : query);
            cookies(json, request);
            strings(json, "headers", headers(request));
            Map<String, String> parameters = query(request);
            if (!parameters.isEmpty()) {
                strings(json, "queryStringParameters", parameters);
            }
            context(json, settings, route, requestId, request);
            if (!route.parameters().isEmpty()) {
                strings(json, "pathParameters", route.parameters());
            }
            body(json, request, body);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    private static void context(
            JsonGenerator json, GatewaySettings settings, HttpRoute route, String requestId, Request request)
            throws IOException {
        long now = System.currentTimeMillis();
        String path = request.getHttpURI().getPath();
        String host = request.getHeaders().get(HttpHeader.HOST);
        String userAgent = request.getHeaders().get(HttpHeader.USER_AGENT);
        json.writeObjectFieldStart("requestContext");
        json.writeStringField("accountId", ACCOUNT);
        json.writeStringField("apiId", settings.apiId());
        json.writeStringField("domainName", host == null ? settings.host() : host);
        json.writeStringField("domainPrefix", settings.apiId());
        json.writeObjectFieldStart("http");
        json.writeStringField("method", request.getMethod());
        json.writeStringField("path", path);
        json.writeStringField("protocol", request.getConnectionMetaData().getProtocol());
        json.writeStringField("sourceIp", Request.getRemoteAddr(request));
        json.writeStringField("userAgent", userAgent == null ? "" : userAgent);
        json.writeEndObject();
        json.writeStringField("requestId", requestId);
        json.writeStringField("routeKey", route.key());
        json.writeStringField("stage", path.startsWith("/api") ? "$default" : settings.stage());
        json.writeStringField("time", TIME.format(Instant.ofEpochMilli(now)));
        json.writeNumberField("timeEpoch", now);
        json.writeEndObject();
    }

    private static void cookies(JsonGenerator json, Request request) throws IOException {
        List<String> cookies = new ArrayList<>();
        for (String header : request.getHeaders().getValuesList(HttpHeader.COOKIE)) {
            for (String cookie : header.split(";")) {
                if (!cookie.isBlank()) {
                    cookies.add(cookie.strip());
                }
            }
        }
        if (!cookies.isEmpty()) {
            json.writeArrayFieldStart("cookies");
            for (String cookie : cookies) {
                json.writeString(cookie);
            }
            json.writeEndArray();
        }
    }

    private static Map<String, String> headers(Request request) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (HttpField field : request.getHeaders()) {
            if (field.getHeader() != HttpHeader.COOKIE && field.getHeader() != HttpHeader.CONNECTION) {
                headers.merge(
                        field.getLowerCaseName(), field.getValue() == null ? "" : field.getValue(), HttpApiEvent::join);
            }
        }
        headers.put("x-amzn-trace-id", GatewayIds.traceId());
        headers.put("x-forwarded-for", Request.getRemoteAddr(request));
        headers.put("x-forwarded-port", Integer.toString(Request.getLocalPort(request)));
        headers.put("x-forwarded-proto", request.isSecure() ? "https" : "http");
        return headers;
    }

    private static Map<String, String> query(Request request) {
        Map<String, String> query = new LinkedHashMap<>();
        for (Fields.Field field : Request.extractQueryParameters(request)) {
            query.put(field.getName(), String.join(",", field.getValues()));
        }
        return query;
    }

    private static String join(String first, String second) {
        return first + "," + second;
    }

    private static void strings(JsonGenerator json, String name, Map<String, String> values) throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, String> entry : values.entrySet()) {
            json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
    }

    private static void body(JsonGenerator json, Request request, byte[] body) throws IOException {
        Optional<String> text = text(request, body);
        if (body.length > 0) {
            if (text.isPresent()) {
                json.writeStringField("body", text.get());
            } else {
                json.writeBinaryField("body", body);
            }
        }
        json.writeBooleanField("isBase64Encoded", body.length > 0 && text.isEmpty());
    }

    private static Optional<String> text(Request request, byte[] body) {
        String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
        if (type != null && !TEXT.matcher(type.strip()).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
