package io.carillon.dynamodb;

import static io.carillon.dynamodb.Items.n;
import static io.carillon.dynamodb.Items.s;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Builds the keys that are put together from several parts. A channel's name may hold any character, so the other part
 * comes last and never holds the separator: a number after {@code #}, an epoch (letters and digits) after {@code @}.
 */
final class Keys {

    static final String SHARD_PREFIX = "shard#";

    /** A sort key holds 1,024 bytes, a partition key 2,048; what is longer is kept as its hash. */
    private static final int MAX_LITERAL = 512;

    private Keys() {}

    static Map<String, AttributeValue> log(String channel) {
        return Map.of("channel", s(channel), "item", s("log"));
    }

    static Map<String, AttributeValue> shard(String channel, int shard) {
        return Map.of("channel", s(channel), "item", s(SHARD_PREFIX + shard));
    }

    /** Shares its channel's name with any channel that is called so, and its item with none. */
    static Map<String, AttributeValue> quota() {
        return Map.of("channel", s("quota"), "item", s("quota"));
    }

    static Map<String, AttributeValue> idempotency(String channel, String key) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        String item = bytes.length <= MAX_LITERAL ? "idem#" + key : "hash#" + sha256(bytes);
        return Map.of("channel", s(channel), "item", s(item));
    }

    /** Shares the table of the connections, whose ids hold no {@code #}. */
    static String besideConnections(String kind, String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        return bytes.length <= MAX_LITERAL ? kind + "#" + value : kind + "-hash#" + sha256(bytes);
    }

    static Map<String, AttributeValue> publication(String channel, String epoch, long offset) {
        return Map.of("log", s(publications(channel, epoch)), "offset", n(offset));
    }

    static String publications(String channel, String epoch) {
        return channel + "@" + epoch;
    }

    static String subscribers(String channel, int shard) {
        return channel + "#" + shard;
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
