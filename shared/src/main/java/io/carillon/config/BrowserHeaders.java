package io.carillon.config;

import java.util.List;

/** Names what pages of other origins may send to the HTTP API. */
public final class BrowserHeaders {

    /**
     * The headers by name: {@code authorization} brings a client's token to {@code /devices}. Browsers do not take
     * {@code *} for it, so the names are listed.
     *
     * @see <a href="https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name">Fetch: CORS non-wildcard
     *     request-header name</a>
     */
    public static final List<String> ALLOWED = List.of("authorization", "content-type", "traceparent", "x-api-key");

    private BrowserHeaders() {}
}
