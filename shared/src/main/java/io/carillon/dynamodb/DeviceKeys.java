package io.carillon.dynamodb;

import static io.carillon.dynamodb.Items.s;

import io.carillon.push.Device;
import io.carillon.push.Provider;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Builds the keys of the table of devices, whose partitions begin with what they hold: {@code user#} a user's devices,
 * {@code device#} where a device is, {@code token#} whose a token is, {@code topic#} a topic's devices, {@code channel#}
 * a channel's members, {@code topics#} a user's topics, {@code push#} what became of a notification, {@code cancel#} that it is
 * taken back, {@code rate#} how many a device got, {@code limit#} how many were sent under a limit of the caller's.
 */
final class DeviceKeys {

    static final String OWNER = "owner";
    static final String ITEM = "item";
    static final String USER = "user#";
    static final String DEVICE = "device#";

    /** The only item of a partition that holds one thing. */
    private static final String ONLY = "-";

    private DeviceKeys() {}

    static Map<String, AttributeValue> device(Device device) {
        return device(device.user(), device.id());
    }

    static Map<String, AttributeValue> device(String user, String id) {
        return key(USER + user, id);
    }

    static Map<String, AttributeValue> place(String id) {
        return key(DEVICE + id, ONLY);
    }

    static Map<String, AttributeValue> token(Provider provider, String token) {
        return key("token#" + provider.text() + "#" + sha256(token), ONLY);
    }

    static Map<String, AttributeValue> topic(String topic, String id) {
        return key(topic(topic), id);
    }

    static String topic(String topic) {
        return "topic#" + topic;
    }

    static String channel(String channel) {
        return "channel#" + channel;
    }

    static String push(String uid) {
        return "push#" + uid;
    }

    static Map<String, AttributeValue> userTopics(String user) {
        return key("topics#" + user, ONLY);
    }

    static Map<String, AttributeValue> cancelled(String uid) {
        return key("cancel#" + uid, ONLY);
    }

    static Map<String, AttributeValue> limit(String counted, long interval, long window) {
        return key("limit#" + interval + "#" + counted, Long.toString(window));
    }

    static Map<String, AttributeValue> rate(String device, long minute) {
        return key("rate#" + device, Long.toString(minute));
    }

    static Map<String, AttributeValue> key(String owner, String item) {
        return Map.of(OWNER, s(owner), ITEM, s(item));
    }

    /** A token is longer than a key should be, and no index should show it. */
    private static String sha256(String token) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
