package io.carillon.local.pages;

import io.carillon.events.Json;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.MimeTypes;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/** Holds what is answered to one request, and writes it with the headers that keep browsers strict. */
record Answer(int status, String contentType, byte[] body, Optional<String> etag) {

    private static final HttpField NO_CACHE = new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "no-cache");
    private static final HttpField NO_STORE = new PreEncodedHttpField(HttpHeader.CACHE_CONTROL, "no-store");
    private static final HttpField NO_SNIFFING = new PreEncodedHttpField("X-Content-Type-Options", "nosniff");
    private static final HttpField NO_REFERRER = new PreEncodedHttpField("Referrer-Policy", "no-referrer");
    private static final HttpField OWN_PAGES_ONLY =
            new PreEncodedHttpField("Cross-Origin-Resource-Policy", "same-origin");
    private static final HttpField ALLOW = new PreEncodedHttpField(HttpHeader.ALLOW, "GET, HEAD");

    static Answer asset(Asset asset) {
        return new Answer(HttpStatus.OK_200, asset.contentType(), asset.content(), Optional.of(asset.etag()));
    }

    static Answer json(Object value) {
        return new Answer(HttpStatus.OK_200, "application/json", Json.writeBytes(value), Optional.empty());
    }

    static Answer text(int status, String text) {
        return new Answer(
                status,
                MimeTypes.Type.TEXT_PLAIN_UTF_8.asString(),
                (text + "\n").getBytes(StandardCharsets.UTF_8),
                Optional.empty());
    }

    void write(Request request, Response response, Callback callback) {
        HttpFields.Mutable headers = response.getHeaders();
        headers.put(NO_SNIFFING).put(NO_REFERRER).put(OWN_PAGES_ONLY);
        headers.put("Content-Security-Policy", policy(request));
        headers.put(etag.isPresent() ? NO_CACHE : NO_STORE);
        etag.ifPresent(tag -> headers.put(HttpHeader.ETAG, tag));
        if (status == HttpStatus.METHOD_NOT_ALLOWED_405) {
            headers.put(ALLOW);
        }
        if (isKnownTo(request)) {
            response.setStatus(HttpStatus.NOT_MODIFIED_304);
            response.write(true, BufferUtil.EMPTY_BUFFER, callback);
            return;
        }
        response.setStatus(status);
        headers.put(HttpHeader.CONTENT_TYPE, contentType);
        headers.put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, ByteBuffer.wrap(body), callback);
    }

    private boolean isKnownTo(Request request) {
        String known = request.getHeaders().get(HttpHeader.IF_NONE_MATCH);
        return known != null
                && etag.isPresent()
                && HttpStatus.isSuccess(status)
                && Arrays.stream(known.split(","))
                        .map(tag -> tag.strip().replaceFirst("^W/", ""))
                        .anyMatch(tag -> tag.equals("*") || tag.equals(etag.get()));
    }

    /** Lets the page load and call what is served here, and nothing else; older Safari does not take 'self' for ws:. */
    private static String policy(Request request) {
        String host = Request.getServerName(request) + ":" + Request.getServerPort(request);
        return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self' ws://"
                + host + " wss://" + host + "; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
    }
}
