package io.carillon.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * Finds what Centrifugo PRO's push notification API has and Carillon has not. Without it a request would mean something
 * else, such as other recipients, so that ignoring it would be a lie.
 */
final class UnsupportedPush {

    private static final List<String> PATHS = List.of(
            "/recipient/fcm_tokens",
            "/recipient/fcm_topic",
            "/recipient/fcm_condition",
            "/recipient/hms_tokens",
            "/recipient/hms_topic",
            "/recipient/hms_condition",
            "/recipient/apns_tokens",
            "/recipient/webpush_tokens",
            "/notification/hms",
            "/notification/webpush",
            "/include_total_count",
            "/include_webpush_keys",
            "/include_device");

    private UnsupportedPush() {}

    /** Gives the first such field that is set, as {@code recipient.fcm_tokens}; or an empty text. */
    static String in(String body) {
        JsonNode tree;
        try {
            tree = Json.mapper().readTree(body);
        } catch (JsonProcessingException e) {
            throw new MalformedJson(e);
        }
        return PATHS.stream()
                .filter(path -> isSet(tree.at(path)))
                .findFirst()
                .map(path -> path.substring(1).replace('/', '.'))
                .orElse("");
    }

    private static boolean isSet(JsonNode node) {
        return switch (node.getNodeType()) {
            case MISSING, NULL -> false;
            case BOOLEAN -> node.booleanValue();
            case STRING -> !node.textValue().isEmpty();
            case ARRAY, OBJECT -> !node.isEmpty();
            default -> true;
        };
    }
}
