package io.carillon.api;

import io.carillon.config.HttpApiConfig;
import io.carillon.events.ApiError;
import io.carillon.events.ApiReply;
import io.carillon.events.ApiRequest;
import io.carillon.events.Json;
import io.carillon.events.MalformedJson;
import io.carillon.events.RawJson;
import io.carillon.events.aws.HttpAnswer;
import io.carillon.events.aws.HttpEvent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.stream.Collectors;

/**
 * Answers HTTP requests to the server API: {@code POST /api/{method}}, and {@code POST /api} with lines of
 * {@code {"method","params"}} as older clients of Centrifugo send them. The answer's status is 200 also for errors,
 * unless the header {@code X-Centrifugo-Error-Mode: transport} asks for statuses.
 *
 * <p>Safe for use by several threads.
 */
public final class HttpFront {

    private static final String PREFIX = "/api";
    private static final String APIKEY = "apikey ";

    private final HttpApiConfig config;
    private final ServerApi api;

    public HttpFront(HttpApiConfig config, ServerApi api) {
        this.config = config;
        this.api = api;
    }

    /** Answers one request. */
    public HttpAnswer answer(HttpEvent event) {
        if (!event.path().equals(PREFIX) && !event.path().startsWith(PREFIX + "/")) {
            return HttpAnswer.status(404);
        }
        if (!event.method().equals("POST")) {
            return HttpAnswer.status(405);
        }
        if (!isAllowed(event)) {
            return HttpAnswer.status(401);
        }
        String method = event.path().substring(PREFIX.length());
        try {
            return method.length() <= 1
                    ? lines(event.body())
                    : answer(ApiRequest.read(method.substring(1), event.body()), event);
        } catch (MalformedJson e) {
            return answer(ApiReply.of(ApiError.badRequest(e.getMessage())), event);
        }
    }

    /** Accepts the key in any of Centrifugo's three places; compares it in constant time. */
    private boolean isAllowed(HttpEvent event) {
        if (config.insecure()) {
            return true;
        }
        String authorization = event.header("authorization");
        String given = event.header("x-api-key");
        if (given.isEmpty() && authorization.regionMatches(true, 0, APIKEY, 0, APIKEY.length())) {
            given = authorization.substring(APIKEY.length()).strip();
        }
        if (given.isEmpty()) {
            given = event.query().getOrDefault("api_key", "");
        }
        return !config.key().isEmpty() && MessageDigest.isEqual(bytes(given), bytes(config.key()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private HttpAnswer answer(ApiRequest request, HttpEvent event) {
        return request instanceof ApiRequest.Unknown ? HttpAnswer.status(404) : answer(api.handle(request), event);
    }

    private static HttpAnswer answer(ApiReply reply, HttpEvent event) {
        boolean statuses = event.header("x-centrifugo-error-mode").equals("transport");
        if (statuses && reply instanceof ApiReply.Refused(ApiError error)) {
            return HttpAnswer.json(error.httpStatus(), Json.write(error));
        }
        return HttpAnswer.json(200, reply.write());
    }

    /** A request in the older form. */
    record Line(String method, RawJson params) {}

    private HttpAnswer lines(String body) {
        String replies = body.lines()
                .filter(line -> !line.isBlank())
                .map(line -> Json.read(line, Line.class))
                .map(line -> {
                    String params = line.params() == null ? "" : line.params().text();
                    ApiRequest request = ApiRequest.read(line.method() == null ? "" : line.method(), params);
                    return api.handle(request).write();
                })
                .collect(Collectors.joining("\n"));
        return replies.isEmpty() ? HttpAnswer.status(400) : HttpAnswer.json(200, replies);
    }
}
