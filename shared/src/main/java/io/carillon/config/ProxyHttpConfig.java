package io.carillon.config;

import java.util.List;
import java.util.Map;

/** Holds what a backend is sent besides the request, and what its HTTP status codes mean. */
public record ProxyHttpConfig(
        @Key(
                value =
                        "Headers to send with each request, such as a key by which the backend knows who asks. A deployed "
                                + "configuration has their names alone, as in `{\"X-Api-Key\": \"\"}`: the values are in Secrets "
                                + "Manager. One without a value is not sent. A Lambda function finds them in its client context.",
                secret = true)
        Map<String, String> staticHeaders,

        List<StatusTransform> statusToCodeTransforms) {

    @Override
    public String toString() {
        return "ProxyHttpConfig[staticHeaders=" + staticHeaders.keySet() + ", statusToCodeTransforms="
                + statusToCodeTransforms + "]";
    }
}
