package io.carillon.push;

import io.carillon.config.AllowedOrigins;
import io.carillon.config.BrowserHeaders;
import io.carillon.events.aws.HttpAnswer;
import io.carillon.events.aws.HttpEvent;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Lets pages of the allowed origins read answers, and answers their preflights. API Gateway does both by itself and
 * drops what a function says of it, unless one of the origins is a pattern that it cannot match.
 */
final class CrossOrigin {

    private static final String MAX_AGE_SECONDS = "60";

    private final AllowedOrigins origins;

    CrossOrigin(AllowedOrigins origins) {
        this.origins = origins;
    }

    HttpAnswer answer(HttpEvent event, Supplier<HttpAnswer> rest) {
        String origin = event.header("origin");
        boolean isPreflight = event.method().equals("OPTIONS");
        if (origin.isEmpty() || !origins.permits(origin)) {
            return isPreflight ? HttpAnswer.status(403) : rest.get();
        }
        HttpAnswer answer = isPreflight ? preflight() : rest.get();
        Map<String, String> headers = new TreeMap<>(answer.headers());
        headers.put("access-control-allow-origin", origin);
        headers.put("vary", "origin");
        return new HttpAnswer(answer.statusCode(), headers, answer.body());
    }

    private static HttpAnswer preflight() {
        return new HttpAnswer(
                204,
                Map.of(
                        "access-control-allow-methods",
                        "POST,DELETE",
                        "access-control-allow-headers",
                        String.join(",", BrowserHeaders.ALLOWED),
                        "access-control-max-age",
                        MAX_AGE_SECONDS),
                "");
    }
}
