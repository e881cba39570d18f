package io.carillon.config;

import java.util.List;
import java.util.Map;

/** Holds what a backend is sent besides the request, and what its HTTP status codes mean. */
public record ProxyHttpConfig(
        @Key(
                "Headers to send with each request, such as a key by which the backend knows who asks; whoever may look at the "
                        + "deployed functions can read them. A Lambda function finds them in its client context.")
        Map<String, String> staticHeaders,

        List<StatusTransform> statusToCodeTransforms) {

    @Override
    public String toString() {
        return "ProxyHttpConfig[staticHeaders=" + staticHeaders.keySet() + ", statusToCodeTransforms="
                + statusToCodeTransforms + "]";
    }
}
