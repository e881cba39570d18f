package io.carillon.push;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.events.PushNotification;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Turns APNs's headers into SNS's reserved message attributes.
 *
 * @see <a href="https://docs.aws.amazon.com/sns/latest/dg/sns-send-custom-platform-specific-payloads-mobile-devices.html">
 *     SNS: APNs attributes</a>
 * @see <a href="https://docs.aws.amazon.com/sns/latest/dg/sns-ttl.html">SNS: TTL</a>
 */
final class ApnsHeaders {

    private static final String PREFIX = "AWS.SNS.MOBILE.APNS.";

    private static final Map<String, String> ATTRIBUTES = Map.of(
            "apns-push-type", PREFIX + "PUSH_TYPE",
            "apns-priority", PREFIX + "PRIORITY",
            "apns-topic", PREFIX + "TOPIC",
            "apns-collapse-id", PREFIX + "COLLAPSE_ID");

    private ApnsHeaders() {}

    static Map<String, String> of(Provider provider, PushNotification notification, JsonNode payload, String tag) {
        Map<String, String> attributes = new HashMap<>();
        boolean silent = payload.path("aps").has("content-available")
                && !payload.path("aps").has("alert");
        attributes.put(PREFIX + "PUSH_TYPE", silent ? "background" : "alert");
        // APNs refuses any other priority for what the user does not see.
        attributes.put(PREFIX + "PRIORITY", silent ? "5" : "10");
        if (!tag.isEmpty()) {
            attributes.put(PREFIX + "COLLAPSE_ID", tag);
        }
        if (notification.ttl() > 0) {
            attributes.put("AWS.SNS.MOBILE." + provider.name() + ".TTL", Long.toString(notification.ttl()));
        }
        notification.apns().headers().forEach((name, value) -> attributes.put(attribute(name), value));
        if (attributes.get(PREFIX + "PUSH_TYPE").equals("background")
                && attributes.get(PREFIX + "PRIORITY").equals("10")) {
            throw PushRefused.badRequest("apns.headers.apns-priority must be 1 or 5 with apns-push-type background");
        }
        return Map.copyOf(attributes);
    }

    private static String attribute(String header) {
        String attribute = ATTRIBUTES.get(header);
        if (attribute == null) {
            throw PushRefused.badRequest("apns.headers has " + header + ", which SNS does not pass on; it passes on "
                    + ATTRIBUTES.keySet().stream().sorted().collect(Collectors.joining(", ")) + ", and ttl beside it");
        }
        return attribute;
    }
}
