package io.carillon.config;

import java.time.Duration;
import java.util.List;

/**
 * Says where one of the application's own backends is and how it is called. Names and defaults are those of Centrifugo
 * v6; that the endpoint may be a Lambda function, and {@code on_failure}, are Carillon's own.
 */
public record ProxyConfig(
        @Key(
                "Where the backend is: an `http://` or `https://` URL, or the ARN of a Lambda function, of a version or of an "
                        + "alias.")
        String endpoint,

        @Key(
                value = "How long the backend may take. API Gateway waits 29 s for all of a frame together.",
                initial = "1s",
                shortest = "1ms",
                longest = "20s")
        Duration timeout,

        @Key(
                "Headers that the client library was given and sends with its connect command, to be handed on to the backend; "
                        + "only for `client.proxy.connect`. Clients choose them, so the backend must check them.")
        List<String> emulatedHeaders,

        @Key("Sends the connection's meta with each request.")
        boolean includeConnectionMeta,

        ProxyHttpConfig http,
        FailureConfig onFailure) {

    /** Says whether there is a backend at all. */
    public boolean isSet() {
        return !endpoint.isEmpty();
    }

    /** Says whether the backend is a Lambda function and not a URL. */
    public boolean isFunction() {
        return endpoint.startsWith("arn:");
    }
}
