package io.carillon.local.gateway;

import io.carillon.local.gateway.Integration.Answered;
import io.carillon.local.gateway.Integration.Failed;
import io.carillon.local.gateway.Integration.Outcome;
import io.carillon.local.gateway.Integration.Reason;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.Executor;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the HTTP API by payload format 2.0, with the function of each route. Preflights are answered here when CORS is
 * configured.
 */
final class HttpApi {

    /** Largest request, in bytes (API Gateway quota for HTTP APIs: 10 MB). */
    private static final int MAX_PAYLOAD = 10 * 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(HttpApi.class);

    private final GatewaySettings settings;
    private final HttpRoutes routes;
    private final Integration integration;
    private final CorsHeaders cors;
    private final GatewayPolicies policies;
    private final Executor threads;

    HttpApi(
            GatewaySettings settings,
            HttpRoutes routes,
            Integration integration,
            GatewayPolicies policies,
            Executor threads) {
        this.settings = settings;
        this.routes = routes;
        this.integration = integration;
        this.cors = new CorsHeaders(settings.cors());
        this.policies = policies;
        this.threads = threads;
    }

    /** Whether a path beside the stage is this API's, even if no route matches it. */
    boolean serves(String path) {
        return routes.serves(path);
    }

    /** Answers one request; {@code path} is that below the stage. Does not block. */
    void handle(String path, Request request, Response response, Callback callback) {
        if (cors.preflight(request)) {
            cors.answerPreflight(request, response);
            HttpAnswers.empty(response, callback, HttpStatus.NO_CONTENT_204);
            return;
        }
        Optional<HttpRoute> route = routes.match(path);
        StageThrottle throttle =
                route.map(matched -> policies.httpThrottle(matched.key())).orElseGet(policies::httpThrottle);
        if (!throttle.takes()) {
            error(request, response, callback, HttpStatus.TOO_MANY_REQUESTS_429, "Too Many Requests");
            return;
        }
        if (route.isEmpty()) {
            error(request, response, callback, HttpStatus.NOT_FOUND_404, "Not Found");
            return;
        }
        RequestBody.read(request, MAX_PAYLOAD, (body, failure) -> {
            if (failure == null) {
                threads.execute(() -> serve(route.get(), body, request, response, callback));
            } else if (RequestBody.tooLarge(failure)) {
                error(request, response, callback, HttpStatus.PAYLOAD_TOO_LARGE_413, "Request Entity Too Large");
            } else {
                callback.failed(failure);
            }
        });
    }

    private void serve(HttpRoute route, byte[] body, Request request, Response response, Callback callback) {
        try {
            String requestId = GatewayIds.next();
            response.getHeaders().put("apigw-requestid", requestId);
            Thread.sleep(policies.pace().request());
            byte[] event = HttpApiEvent.write(settings, route, requestId, request, body);
            Outcome outcome = integration.invoke(route.function(), event);
            Optional<HttpApiAnswer> answer =
                    outcome instanceof Answered(byte[] bytes) ? HttpApiAnswer.read(bytes) : Optional.empty();
            if (answer.isPresent()) {
                policies.listeners()
                        .forEach(listener ->
                                listener.answered(body.length, answer.get().body().length));
                write(answer.get(), request, response, callback);
                return;
            }
            // A throttled or late function shows as unavailable, a broken one or a broken answer as an error.
            boolean unavailable = outcome instanceof Failed(Reason reason) && reason != Reason.FUNCTION_ERROR;
            if (outcome instanceof Answered) {
                LOG.warn(
                        "{} gave an answer that is not of payload format 2.0",
                        route.function().name());
            }
            error(
                    request,
                    response,
                    callback,
                    unavailable ? HttpStatus.SERVICE_UNAVAILABLE_503 : HttpStatus.INTERNAL_SERVER_ERROR_500,
                    unavailable ? "Service Unavailable" : "Internal Server Error");
        } catch (InterruptedException e) {
            // Only the gateway's own end interrupts its threads.
            error(request, response, callback, HttpStatus.SERVICE_UNAVAILABLE_503, "Service Unavailable");
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warn("Serving {} failed", request, e);
            if (response.isCommitted()) {
                callback.failed(e);
            } else {
                error(request, response, callback, HttpStatus.INTERNAL_SERVER_ERROR_500, "Internal Server Error");
            }
        }
    }

    private void write(HttpApiAnswer answer, Request request, Response response, Callback callback) {
        response.setStatus(answer.status());
        for (HttpField header : answer.headers()) {
            if (!cors.configured() || !CorsHeaders.isCors(header)) {
                response.getHeaders().add(header);
            }
        }
        if (!response.getHeaders().contains(HttpHeader.CONTENT_TYPE) && answer.body().length > 0) {
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain;charset=UTF-8");
        }
        cors.decorate(request, response);
        response.write(true, ByteBuffer.wrap(answer.body()), callback);
    }

    private void error(Request request, Response response, Callback callback, int status, String message) {
        cors.decorate(request, response);
        if (status == HttpStatus.PAYLOAD_TOO_LARGE_413) {
            response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE.asString());
        }
        HttpAnswers.message(response, callback, status, message);
    }
}
