package io.carillon.dynamodb;

/**
 * Names the tables.
 *
 * @param connections one row per connection
 * @param subscriptions one row per subscriber of a shard
 * @param channels log items, shard items and idempotency keys
 * @param publications one row per publication
 * @param outboxes one row per long-poll connection
 * @param devices devices, members of channels, and what became of notifications
 */
public record TableNames(
        String connections,
        String subscriptions,
        String channels,
        String publications,
        String outboxes,
        String devices) {

    /** What the names start with unless a deployment says otherwise. */
    public static final String DEFAULT_PREFIX = "carillon-";

    /** Puts a prefix before each table's own name. */
    public static TableNames withPrefix(String prefix) {
        return new TableNames(
                prefix + "connections",
                prefix + "subscriptions",
                prefix + "channels",
                prefix + "publications",
                prefix + "outboxes",
                prefix + "devices");
    }
}
