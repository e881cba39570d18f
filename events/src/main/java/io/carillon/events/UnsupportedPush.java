package io.carillon.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

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

    private static final Set<String> NOTIFICATION =
            Set.of("uid", "expire_at", "title", "body", "data", "collapse_key", "ttl", "fcm", "apns");
    private static final Set<String> PUBLISHED = Set.of("recipients", "localizations", "use_templating", "use_meta");

    private UnsupportedPush() {}

    /** Gives the first member of a {@code push} or {@code notification} that is set and unknown; or an empty text. */
    static String unknownIn(String body) {
        JsonNode tree = tree(body);
        return Stream.of(unknownPush(tree), unknown(tree, "notification", NOTIFICATION::contains))
                .flatMap(Function.identity())
                .findFirst()
                .orElse("");
    }

    /** Whether a body has to be read once more, which most need not: a name may be written with escapes. */
    static boolean mayHavePush(String body) {
        return body.contains("\"push\"") || body.contains("\\u00");
    }

    /** The same for a {@code push} alone. */
    static String unknownInPush(String body) {
        return mayHavePush(body) ? unknownPush(tree(body)).findFirst().orElse("") : "";
    }

    private static Stream<String> unknownPush(JsonNode tree) {
        return unknown(tree, "push", name -> NOTIFICATION.contains(name) || PUBLISHED.contains(name));
    }

    private static Stream<String> unknown(JsonNode tree, String field, Predicate<String> isKnown) {
        JsonNode notification = tree.path(field);
        return Stream.of(
                        unset(notification, field, isKnown),
                        unset(notification.path("fcm"), field + ".fcm", "message"::equals),
                        unset(notification.path("apns"), field + ".apns", Set.of("headers", "payload")::contains))
                .flatMap(Function.identity());
    }

    private static Stream<String> unset(JsonNode object, String path, Predicate<String> isKnown) {
        return object.properties().stream()
                .filter(member -> !isKnown.test(member.getKey()) && isSet(member.getValue()))
                .map(member -> path + "." + member.getKey());
    }

    /** Gives the first such field that is set, as {@code recipient.fcm_tokens}; or an empty text. */
    static String in(String body) {
        JsonNode tree = tree(body);
        return PATHS.stream()
                .filter(path -> isSet(tree.at(path)))
                .findFirst()
                .map(path -> path.substring(1).replace('/', '.'))
                .orElse("");
    }

    private static JsonNode tree(String body) {
        try {
            return Json.mapper().readTree(body);
        } catch (JsonProcessingException e) {
            throw new MalformedJson(e);
        }
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
