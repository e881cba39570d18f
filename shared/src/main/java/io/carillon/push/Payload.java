package io.carillon.push;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.carillon.events.ApiError;
import io.carillon.events.Framing;
import io.carillon.events.Json;
import io.carillon.events.PushNotification;
import io.carillon.events.RawJson;
import io.carillon.push.PushGateway.Message;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Writes a notification for a provider, in SNS's form: {@code GCM} with a message of FCM's HTTP v1 API, {@code APNS} or
 * {@code APNS_SANDBOX} with a payload.
 *
 * @see <a href="https://docs.aws.amazon.com/sns/latest/dg/sns-fcm-v1-payloads.html">SNS: FCM v1 payloads</a>
 */
final class Payload {

    /** The most that FCM takes of notification and data, and APNs of a payload. */
    static final int MAX_BYTES = 4096;

    /** Where the app finds the notification's uid. */
    static final String UID = "push_uid";

    /** Web Push takes a topic of at most 32 characters of this kind (RFC 8030, 5.4). */
    private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9_-]{1,32}");

    /** So many bytes are 32 characters. */
    private static final int TOPIC_BYTES = 24;

    private Payload() {}

    /**
     * Writes what a provider's devices get.
     *
     * @param now from when on the notification's {@code ttl} counts
     * @return empty if the notification has nothing for the provider
     * @throws PushRefused 106 if it is larger than the provider takes; 107 if its members are not objects, or name a
     *     recipient
     */
    static Optional<Message> of(Provider provider, PushNotification notification, Instant now) {
        return provider == Provider.FCM ? fcm(notification, now) : apns(provider, notification);
    }

    /**
     * Refuses what no provider would take, so that the caller hears of what would fail later.
     *
     * @param notification as it was asked for, perhaps with templates
     * @param worded as it is sent
     */
    static void check(PushNotification notification, PushNotification worded) {
        if (!notification.isShared()
                && notification.fcm().message().isEmpty()
                && notification.apns().payload().isEmpty()) {
            throw PushRefused.badRequest(
                    "the notification is empty; give it title, body, data, fcm.message or apns.payload");
        }
        PayloadRules.check(notification);
        for (Provider provider : Provider.values()) {
            of(provider, worded, Instant.EPOCH);
        }
    }

    private static Optional<Message> fcm(PushNotification notification, Instant now) {
        if (!notification.isShared() && notification.fcm().message().isEmpty()) {
            return Optional.empty();
        }
        ObjectNode message = JsonNodeFactory.instance.objectNode();
        if (!notification.title().isEmpty() || !notification.body().isEmpty()) {
            ObjectNode shown = message.putObject("notification");
            put(shown, "title", notification.title());
            put(shown, "body", notification.body());
            // A repeat takes the place of what is shown already.
            message.withObject("/android/notification").put("tag", tag(notification));
        }
        if (!notification.uid().isEmpty()) {
            message.withObject("/data").put(UID, notification.uid());
        }
        notification.data().forEach((key, value) -> message.withObject("/data").put(key, value));
        address(message, notification, now);
        lay(message, notification.fcm().message(), "fcm.message");
        PayloadRules.checkFcm(message);
        for (String recipient : new String[] {"token", "topic", "condition"}) {
            if (message.has(recipient)) {
                throw PushRefused.badRequest("fcm.message must not name a " + recipient + ": see recipient");
            }
        }
        ObjectNode counted = JsonNodeFactory.instance.objectNode();
        for (String field : new String[] {"notification", "data"}) {
            if (message.has(field)) {
                counted.set(field, message.get(field));
            }
        }
        requireFits(counted, "FCM takes of notification and data");
        ObjectNode wrapped = JsonNodeFactory.instance.objectNode();
        wrapped.putObject("fcmV1Message").set("message", message);
        return Optional.of(new Message(structure("GCM", wrapped, notification), Map.of()));
    }

    /** What replaces what, and how long it is kept: FCM passes each platform its own part. */
    private static void address(ObjectNode message, PushNotification notification, Instant now) {
        if (!notification.collapseKey().isEmpty()) {
            message.withObject("/android").put("collapse_key", notification.collapseKey());
        }
        String tag = tag(notification);
        if (!tag.isEmpty()) {
            message.withObject("/apns/headers").put("apns-collapse-id", tag);
            message.withObject("/webpush/headers").put("Topic", topic(tag));
        }
        if (notification.ttl() > 0) {
            message.withObject("/android").put("ttl", notification.ttl() + "s");
            message.withObject("/apns/headers")
                    .put("apns-expiration", Long.toString(now.getEpochSecond() + notification.ttl()));
            message.withObject("/webpush/headers").put("TTL", Long.toString(notification.ttl()));
        }
    }

    private static String topic(String tag) {
        if (TOPIC.matcher(tag).matches()) {
            return tag;
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(tag.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().encodeToString(Arrays.copyOf(digest, TOPIC_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static Optional<Message> apns(Provider provider, PushNotification notification) {
        if (!notification.isShared() && notification.apns().payload().isEmpty()) {
            return Optional.empty();
        }
        ObjectNode payload = JsonNodeFactory.instance.objectNode();
        put(payload, UID, notification.uid());
        notification.data().forEach(payload::put);
        ObjectNode aps = payload.putObject("aps");
        if (notification.title().isEmpty() && notification.body().isEmpty()) {
            aps.put("content-available", 1);
        } else {
            ObjectNode alert = aps.putObject("alert");
            put(alert, "title", notification.title());
            put(alert, "body", notification.body());
        }
        if (notification.apns().payload().isPresent() && !notification.isShared()) {
            aps.removeAll();
        }
        lay(payload, notification.apns().payload(), "apns.payload");
        PayloadRules.checkApns(payload);
        requireFits(payload, "APNs takes of a payload");
        return Optional.of(new Message(
                structure(provider.name(), payload, notification),
                ApnsHeaders.of(provider, notification, payload, tag(notification))));
    }

    private static String tag(PushNotification notification) {
        return notification.collapseKey().isEmpty() ? notification.uid() : notification.collapseKey();
    }

    private static void put(ObjectNode object, String name, String value) {
        if (!value.isEmpty()) {
            object.put(name, value);
        }
    }

    private static void lay(ObjectNode below, RawJson above, String field) {
        if (above.isEmpty()) {
            return;
        }
        if (!(Json.read(above.text(), JsonNode.class) instanceof ObjectNode object)) {
            throw PushRefused.badRequest(field + " must be an object");
        }
        merge(below, object);
    }

    /** Keeps what only one of them has, and of what both have the upper one's. */
    private static void merge(ObjectNode below, ObjectNode above) {
        above.properties().forEach(entry -> {
            if (below.get(entry.getKey()) instanceof ObjectNode inner && entry.getValue() instanceof ObjectNode upper) {
                merge(inner, upper);
            } else {
                below.set(entry.getKey(), entry.getValue());
            }
        });
    }

    private static void requireFits(JsonNode payload, String what) {
        int size = Framing.utf8Length(Json.write(payload));
        if (size > MAX_BYTES) {
            throw new PushRefused(
                    ApiError.limitExceeded("the notification has " + size + " bytes, and " + what + " " + MAX_BYTES));
        }
    }

    private static String structure(String key, JsonNode value, PushNotification notification) {
        ObjectNode structure = JsonNodeFactory.instance.objectNode();
        // SNS wants it, and gives it to no endpoint that has a text of its own.
        structure.put("default", notification.title().isEmpty() ? "-" : notification.title());
        structure.put(key, Json.write(value));
        return Json.write(structure);
    }
}
