package io.carillon.local.gateway;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/** Writes the small answers that the gateway gives by itself. */
final class HttpAnswers {

    private static final HttpField JSON = new PreEncodedHttpField(HttpHeader.CONTENT_TYPE, "application/json");

    private HttpAnswers() {}

    static void empty(Response response, Callback callback, int status) {
        response.setStatus(status);
        response.write(true, BufferUtil.EMPTY_BUFFER, callback);
    }

    static void json(Response response, Callback callback, int status, ByteBuffer body) {
        response.setStatus(status);
        response.getHeaders().put(JSON);
        response.write(true, body, callback);
    }

    /** Writes API Gateway's usual error body, {@code {"message":"…"}}. */
    static void message(Response response, Callback callback, int status, String message) {
        String body =
                "{\"message\":\"" + new String(JsonStringEncoder.getInstance().quoteAsString(message)) + "\"}";
        json(response, callback, status, ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)));
    }
}
