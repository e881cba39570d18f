package io.carillon.push;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.carillon.events.Framing;
import io.carillon.events.PushNotification;
import java.util.List;
import java.util.Set;

/**
 * Refuses what FCM or APNs would refuse after SNS has taken it, when nobody hears of it any more.
 *
 * @see <a href="https://firebase.google.com/docs/reference/fcm/rest/v1/projects.messages#Message">FCM: reserved keys</a>
 * @see <a href="https://developer.apple.com/documentation/usernotifications/sending-notification-requests-to-apns">APNs:
 *     headers</a>
 */
final class PayloadRules {

    /** Four weeks, the most that FCM keeps a message. */
    static final long LONGEST_TTL = 2_419_200;

    /** APNs takes no longer collapse ids. */
    static final int MAX_NAME = 64;

    private static final Set<String> RESERVED = Set.of("from", "message_type");
    private static final List<String> RESERVED_PREFIXES = List.of("google.", "gcm.");
    private static final List<String> OBJECTS =
            List.of("data", "notification", "android", "apns", "webpush", "fcm_options");
    private static final List<String> PRIORITIES = List.of("1", "5", "10");
    private static final List<String> PUSH_TYPES = List.of(
            "alert",
            "background",
            "complication",
            "controls",
            "fileprovider",
            "liveactivity",
            "location",
            "mdm",
            "pushtotalk",
            "voip",
            "widgets");

    private PayloadRules() {}

    static void check(PushNotification notification) {
        require(
                notification.ttl() >= 0 && notification.ttl() <= LONGEST_TTL,
                "ttl must be from 0 to " + LONGEST_TTL + " seconds, is " + notification.ttl());
        require(
                Framing.utf8Length(notification.collapseKey()) <= MAX_NAME
                        && Framing.utf8Length(notification.uid()) <= MAX_NAME,
                "uid and collapse_key must have at most " + MAX_NAME + " bytes");
        notification.data().keySet().forEach(key -> {
            requireFree("data", key);
            require(!key.equals("aps"), "data has the key \"aps\", which APNs keeps for itself: see apns.payload");
        });
        notification.apns().headers().forEach((name, value) -> checkHeader("apns.headers", name, value));
    }

    /** Checks members of FCM's message, which came from {@code fcm.message}. */
    static void checkFcm(ObjectNode message) {
        for (String field : OBJECTS) {
            requireObject("fcm.message." + field, message.path(field));
        }
        message.path("data").properties().forEach(entry -> {
            requireFree("fcm.message.data", entry.getKey());
            require(
                    entry.getValue().isTextual(),
                    "fcm.message.data." + entry.getKey() + " must be a string, is " + entry.getValue());
        });
        JsonNode headers = message.at("/apns/headers");
        requireObject("fcm.message.apns.headers", headers);
        headers.properties()
                .forEach(entry -> checkHeader(
                        "fcm.message.apns.headers",
                        entry.getKey(),
                        entry.getValue().asText()));
        requireObject("fcm.message.apns.payload", message.at("/apns/payload"));
        requireObject("fcm.message.apns.payload.aps", message.at("/apns/payload/aps"));
        for (String field : List.of("/android/notification", "/webpush/headers", "/webpush/notification")) {
            requireObject("fcm.message" + field.replace('/', '.'), message.at(field));
        }
    }

    /** Checks members of a payload, which came from {@code apns.payload}. */
    static void checkApns(ObjectNode payload) {
        requireObject("apns.payload.aps", payload.path("aps"));
    }

    private static void checkHeader(String field, String name, String value) {
        switch (name) {
            case "apns-priority" -> requireOneOf(field + "." + name, PRIORITIES, value);
            case "apns-push-type" -> requireOneOf(field + "." + name, PUSH_TYPES, value);
            case "apns-collapse-id" ->
                require(
                        Framing.utf8Length(value) <= MAX_NAME,
                        field + "." + name + " must have at most " + MAX_NAME + " bytes");
            default -> {}
        }
    }

    private static void requireOneOf(String field, List<String> values, String value) {
        require(
                values.contains(value),
                field + " must be one of " + String.join(", ", values) + ", is \"" + value + "\"");
    }

    private static void requireFree(String field, String key) {
        require(
                !RESERVED.contains(key) && RESERVED_PREFIXES.stream().noneMatch(key::startsWith),
                field + " has the key \"" + key
                        + "\", which FCM keeps for itself, as it does from, message_type and what"
                        + " begins with google. or gcm.");
    }

    private static void requireObject(String field, JsonNode value) {
        require(value.isMissingNode() || value.isObject(), field + " must be an object");
    }

    private static void require(boolean holds, String problem) {
        if (!holds) {
            throw PushRefused.badRequest(problem);
        }
    }
}
