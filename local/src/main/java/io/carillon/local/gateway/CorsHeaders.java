package io.carillon.local.gateway;

import java.util.Locale;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/** Puts CORS headers on answers, and says which requests are preflights that the gateway answers by itself. */
final class CorsHeaders {

    private final Cors cors;

    CorsHeaders(Cors cors) {
        this.cors = cors;
    }

    boolean configured() {
        return cors.configured();
    }

    /** With CORS configured, API Gateway drops such headers from a function's answer. */
    static boolean isCors(HttpField header) {
        return header.getName().toLowerCase(Locale.ROOT).startsWith("access-control-");
    }

    boolean preflight(Request request) {
        return cors.configured()
                && HttpMethod.OPTIONS.is(request.getMethod())
                && request.getHeaders().contains(HttpHeader.ORIGIN)
                && request.getHeaders().contains(HttpHeader.ACCESS_CONTROL_REQUEST_METHOD);
    }

    void answerPreflight(Request request, Response response) {
        if (!decorate(request, response)) {
            return;
        }
        String asked = request.getHeaders().get(HttpHeader.ACCESS_CONTROL_REQUEST_HEADERS);
        String headers =
                cors.allowedHeaders().contains("*") && asked != null ? asked : String.join(",", cors.allowedHeaders());
        response.getHeaders().put(HttpHeader.ACCESS_CONTROL_ALLOW_METHODS, Cors.METHODS);
        if (!headers.isEmpty()) {
            response.getHeaders().put(HttpHeader.ACCESS_CONTROL_ALLOW_HEADERS, headers);
        }
        response.getHeaders()
                .put(HttpHeader.ACCESS_CONTROL_MAX_AGE, cors.maxAge().toSeconds());
    }

    /** Names the caller's origin on the answer, if it is an allowed one. */
    boolean decorate(Request request, Response response) {
        String origin = request.getHeaders().get(HttpHeader.ORIGIN);
        if (origin == null || !cors.allows(origin)) {
            return false;
        }
        response.getHeaders().put(HttpHeader.ACCESS_CONTROL_ALLOW_ORIGIN, cors.allowsAnyOrigin() ? "*" : origin);
        if (!cors.allowsAnyOrigin()) {
            response.getHeaders().put(HttpHeader.VARY, HttpHeader.ORIGIN.asString());
        }
        return true;
    }
}
