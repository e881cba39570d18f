package io.carillon.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.connection.Connection;
import io.carillon.connection.Entry;
import io.carillon.connection.Standing;
import io.carillon.connection.TokenStamp;
import io.carillon.delivery.Poster.Outcome;
import io.carillon.delivery.ShardState;
import io.carillon.delivery.Subscriber;
import io.carillon.events.ClientInfo;
import io.carillon.events.Position;
import io.carillon.events.Publication;
import io.carillon.events.RawJson;
import io.carillon.events.SubscribeOptions;
import io.carillon.push.Device;
import io.carillon.push.Provider;
import io.carillon.push.Sends.Claim;
import io.carillon.push.Sends.Delivery;
import io.carillon.push.Sends.Status;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What versions store for {@link StoredRowsTest}, and the adapters that write and read it, on tables of their own. */
final class StoredExamples {

    /** Far away: DynamoDB Local deletes by the real time what has expired. */
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2100-01-01T00:00:00Z"));

    private static final Duration LONG = Duration.ofDays(30);
    private static final Entry ENTRY =
            new Entry(12, 3, 0, Entry.State.ACTIVE, Entry.Source.SERVER, true, 4_102_448_400L);
    private static final ClientInfo INFO =
            new ClientInfo("alice", "client-1", RawJson.of("{\"name\":\"Alice\"}"), RawJson.NONE);
    static final Publication FIRST =
            new Publication(1, RawJson.of("{\"n\": 1.0}"), INFO, Map.of("tag", "a"), 4_102_444_800_000L);
    static final Publication SECOND =
            new Publication(2, RawJson.of("\"text\""), ClientInfo.NONE, Map.of(), 4_102_444_800_001L);
    static final Connection CONNECTION = new Connection(
            "abc=",
            true,
            "client-1",
            "alice",
            RawJson.of("{\"name\":\"Alice\"}"),
            RawJson.of("{\"m\":1}"),
            "session-1",
            4_102_444_800_000L,
            4_102_448_400L,
            4_102_448_400L,
            4_102_444_860L,
            Map.of("news", ENTRY),
            new TokenStamp("token-1", 4_102_444_800L));
    static final Subscriber SUBSCRIBER = new Subscriber(
            "abc=", 12, INFO, SubscribeOptions.NONE, new Position(2, "epoch"), false, true, 4_102_448_400L);
    static final Device DEVICE = new Device(
            "device-1",
            "dave",
            Provider.FCM,
            "token",
            "android",
            "en-GB",
            "Europe/Zurich",
            Set.of("sport"),
            Map.of("plan", "free"),
            Map.of("model", "x"),
            "arn:aws:sns:eu-central-1:123456789012:endpoint/GCM/app/1",
            1,
            4_102_444_800L);
    static final Delivery DELIVERY = new Delivery("device-1", Status.SENT, "message-1");

    final DynamoDbConnections connections;
    final DynamoDbChannelLog log;
    final DynamoDbShards shards;
    final DynamoDbSubscribers subscribers;
    final DynamoDbQuota quota;
    final DynamoDbOutboxes outboxes;
    final DynamoDbDevices devices;
    final DynamoDbMembers members;
    final DynamoDbUserTopics userTopics;
    final DynamoDbSends sends;
    final StoredRows rows;

    StoredExamples(String prefix) {
        TableNames names = TableNames.withPrefix("StoredRowsTest-" + prefix + "-");
        Tables.create(LocalDynamoDb.client(), names);
        connections = new DynamoDbConnections(LocalDynamoDb.client(), names, CLOCK);
        log = new DynamoDbChannelLog(LocalDynamoDb.client(), names, CLOCK);
        shards = new DynamoDbShards(LocalDynamoDb.client(), names, CLOCK);
        subscribers = new DynamoDbSubscribers(LocalDynamoDb.client(), names, CLOCK);
        quota = new DynamoDbQuota(LocalDynamoDb.client(), names, 100, CLOCK);
        outboxes = new DynamoDbOutboxes(LocalDynamoDb.client(), names, CLOCK);
        devices = new DynamoDbDevices(LocalDynamoDb.client(), names);
        userTopics = new DynamoDbUserTopics(LocalDynamoDb.client(), names);
        members = new DynamoDbMembers(LocalDynamoDb.client(), names);
        sends = new DynamoDbSends(LocalDynamoDb.client(), names, CLOCK);
        rows = new StoredRows(LocalDynamoDb.client(), names);
    }

    Standing standing(String user, TokenStamp token) {
        return connections.revocations().of(user, token);
    }

    void write() {
        connections.open(Connection.opened("new=", 4_102_444_800_000L));
        connections.open(Connection.opened("abc=", 4_102_444_800_000L));
        assertThat(connections.establish(CONNECTION)).isTrue();
        log.openShard("news", 0, LONG);
        log.reserve("news", LONG);
        log.reserve("news", LONG);
        String epoch = log.reserve("news", LONG).epoch();
        log.put("news", epoch, FIRST, LONG);
        log.putOnce("news", epoch, SECOND, LONG, "once");
        log.tombstone("news", epoch, 3);
        shards.save("news", 0, new ShardState(new Position(2, "epoch"), 1, true, 1));
        subscribers.put("news", 0, SUBSCRIBER);
        quota.lease(10);
        outboxes.open("lp-1");
        assertThat(outboxes.add("lp-1", "{\"ping\":1}")).isEqualTo(Outcome.DELIVERED);
        assertThat(devices.save(Optional.empty(), DEVICE)).isTrue();
        members.add("news", List.of("dave"));
        userTopics.change("dave", topics -> Set.of("sport"));
        assertThat(sends.claim("push-1", "device-2")).isEqualTo(Claim.TAKEN);
        sends.settle("push-1", DELIVERY);
        assertThat(sends.allows("device-1", 1)).isTrue();
        connections.revocations().block("mallory", 0);
        connections.revocations().revoke("stolen", 4_102_531_200L);
        connections.revocations().invalidate("carol", 4_102_444_500L, 4_102_531_200L);
    }
}
