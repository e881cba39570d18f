package io.carillon.http;

import io.carillon.config.ProxyConfig;
import io.carillon.proxy.Backend;
import io.carillon.proxy.BackendFailure;
import io.carillon.proxy.Backends;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Reaches backends by {@code POST} requests, as Centrifugo does: the request is the body, status 200 carries the answer,
 * any other is a failure. Redirects are not followed. An answer may have a megabyte.
 *
 * <p>Safe for use by several threads; connections are kept open and shared.
 */
public final class HttpBackends implements Backends {

    private static final long LARGEST_ANSWER = 1_048_576;

    private final HttpClient client = HttpClient.newBuilder()
            // Over plain HTTP, asking for version 2 confuses servers that do not know it.
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    @Override
    public Backend at(ProxyConfig config) {
        return (kind, request, headers) -> post(config, request, headers);
    }

    private String post(ProxyConfig config, String body, Map<String, String> headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(config.endpoint()))
                .timeout(config.timeout())
                .POST(BodyPublishers.ofString(body));
        headers.forEach(request::setHeader);
        request.setHeader("Content-Type", "application/json");
        CompletableFuture<HttpResponse<String>> answer =
                client.sendAsync(request.build(), BodyHandlers.limiting(BodyHandlers.ofString(), LARGEST_ANSWER));
        try {
            // The request's own timeout ends with the headers; a body that trickles in counts too.
            HttpResponse<String> response = answer.get(config.timeout().toMillis(), TimeUnit.MILLISECONDS);
            if (response.statusCode() != 200) {
                throw BackendFailure.status(response.statusCode());
            }
            return response.body();
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new BackendFailure("it did not answer within " + config.timeout(), e);
        } catch (ExecutionException e) {
            throw new BackendFailure("it could not be called: " + e.getCause(), e.getCause());
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new BackendFailure("the call was interrupted", e);
        }
    }
}
