package io.carillon.events.aws;

import io.carillon.events.Hidden;
import io.carillon.events.Json;
import io.carillon.events.MalformedJson;
import java.util.Map;
import java.util.Optional;

/**
 * A request to an API Gateway HTTP API, payload format 2.0.
 *
 * @param method the HTTP method, in capitals
 * @param path the path without the stage, as in {@code /api/publish}, whether or not the stage has a name
 * @param rawPath the path as API Gateway gives it, which starts with the stage unless that is {@code $default}
 * @param headers by their lower-cased names; repeated ones are joined with commas
 * @param query decoded; repeated values are joined with commas
 * @param body decoded from base64 where API Gateway encoded it
 * @param isText whether the body is UTF-8; the body is left out if it is not
 */
public record HttpEvent(
        String method,
        String path,
        String rawPath,
        Map<String, String> headers,
        Map<String, String> query,
        String body,
        boolean isText,
        String sourceIp,
        String requestId) {

    private static final String DEFAULT_STAGE = "$default";

    /**
     * Reads the event of a Lambda proxy integration.
     *
     * @throws MalformedJson if it is not an event of an HTTP API in payload format 2.0
     */
    public static HttpEvent read(String text) {
        Wire event = Json.read(text, Wire.class);
        Context context = event.requestContext();
        if (context == null || context.http() == null || event.rawPath() == null) {
            throw new MalformedJson("not an event of an HTTP API: set the integration's payload format to 2.0");
        }
        Optional<String> body = Fields.body(event.body(), event.isBase64Encoded());
        return new HttpEvent(
                Fields.text(context.http().method()),
                withoutStage(event.rawPath(), Fields.text(context.stage())),
                event.rawPath(),
                Fields.headers(event.headers()),
                Fields.map(event.queryStringParameters()),
                body.orElse(""),
                body.isPresent(),
                Fields.text(context.http().sourceIp()),
                Fields.text(context.requestId()));
    }

    /** Gives the header of that lower-cased name, or an empty text. */
    public String header(String name) {
        return headers.getOrDefault(name, "");
    }

    /** Shows neither headers nor query nor body, which hold keys. */
    @Override
    public String toString() {
        return "HttpEvent[method=" + method + ", path=" + path + ", headers=" + Hidden.values(headers) + ", query="
                + Hidden.values(query) + ", body=" + Hidden.text(body) + ", requestId=" + requestId + "]";
    }

    private static String withoutStage(String rawPath, String stage) {
        String prefix = "/" + stage;
        if (stage.isEmpty() || stage.equals(DEFAULT_STAGE)) {
            return rawPath;
        }
        if (rawPath.equals(prefix)) {
            return "/";
        }
        return rawPath.startsWith(prefix + "/") ? rawPath.substring(prefix.length()) : rawPath;
    }

    record Wire(
            String rawPath,
            Map<String, String> headers,
            Map<String, String> queryStringParameters,
            Context requestContext,
            String body,
            boolean isBase64Encoded) {}

    record Context(String stage, Http http, String requestId) {}

    record Http(String method, String sourceIp) {}
}
