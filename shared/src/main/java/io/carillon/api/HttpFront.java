package io.carillon.api;

import io.carillon.config.HttpApiConfig;
import io.carillon.events.ApiError;
import io.carillon.events.ApiReply;
import io.carillon.events.ApiRequest;
import io.carillon.events.Framing;
import io.carillon.events.Json;
import io.carillon.events.MalformedJson;
import io.carillon.events.aws.HttpAnswer;
import io.carillon.events.aws.HttpEvent;
import io.carillon.limit.Rate;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * Answers HTTP requests to the server API: {@code POST /api/{method}}, and {@code POST /api} in the older form
 * of {@link LegacyApi}. The answer's status is 200 also for errors, unless the header
 * {@code X-Centrifugo-Error-Mode: transport} asks for statuses; it is 400 for a body that cannot be read, 401 without
 * the key, 404 for a method that Carillon does not have, and 413 for a body that is larger than allowed.
 *
 * <p>Safe for use by several threads.
 */
public final class HttpFront {

    private static final String PREFIX = "/api";

    private final HttpApiConfig config;
    private final ServerApi api;
    private final LegacyApi legacy;
    private final Rate rate;
    private final int bodyLimit;

    /**
     * Puts HTTP in front of the server API.
     *
     * @param rate how many requests to let through
     * @param bodyLimit the largest body of a request in bytes
     */
    public HttpFront(HttpApiConfig config, ServerApi api, Rate rate, int bodyLimit) {
        this.config = config;
        this.api = api;
        this.legacy = new LegacyApi(api);
        this.rate = rate;
        this.bodyLimit = bodyLimit;
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
        // After the key, so that whoever has none cannot use up what others may send.
        if (!rate.allows()) {
            return answer(new ApiReply.Refused(ApiError.TOO_MANY_REQUESTS), event);
        }
        if (!event.isText()) {
            return HttpAnswer.json(400, Json.write(ApiError.badRequest("the body is not UTF-8")));
        }
        if (Framing.utf8Length(event.body()) > bodyLimit) {
            return HttpAnswer.json(
                    413,
                    Json.write(ApiError.limitExceeded(
                            "the body is larger than carillon.api_body_limit, " + bodyLimit + " bytes")));
        }
        String method = event.path().substring(PREFIX.length());
        try {
            return method.length() <= 1
                    ? HttpAnswer.json(200, legacy.answer(event.body()))
                    : answer(ApiRequest.read(method.substring(1), event.body()), event);
        } catch (MalformedJson e) {
            return HttpAnswer.json(400, Json.write(ApiError.badRequest(e.getMessage())));
        }
    }

    /** Looks for the key in Centrifugo's three places, in its order; compares it in constant time. */
    private boolean isAllowed(HttpEvent event) {
        if (config.insecure()) {
            return true;
        }
        String header = event.header("x-api-key");
        return isKey(header.isEmpty() ? authorized(event.header("authorization")) : header)
                || isKey(event.query().getOrDefault("api_key", ""));
    }

    private static String authorized(String header) {
        String[] parts = header.strip().split("\\s+");
        return parts.length == 2 && parts[0].equalsIgnoreCase("apikey") ? parts[1] : "";
    }

    /** Compares with all keys, so that the time does not tell which one it was. */
    private boolean isKey(String given) {
        boolean found = false;
        for (String key : config.accepted()) {
            found |= MessageDigest.isEqual(bytes(given), bytes(key));
        }
        return found;
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
        return HttpAnswer.json(200, AnswerRoom.write(reply));
    }
}
