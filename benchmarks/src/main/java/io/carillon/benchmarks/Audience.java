package io.carillon.benchmarks;

import io.carillon.Carillon;
import io.carillon.Ports;
import io.carillon.config.Config;
import io.carillon.delivery.Deliverer;
import io.carillon.delivery.Poster;
import io.carillon.delivery.ShardState;
import io.carillon.delivery.Subscriber;
import io.carillon.events.ClientInfo;
import io.carillon.events.FrameWriter;
import io.carillon.events.Mail;
import io.carillon.events.Position;
import io.carillon.events.Publication;
import io.carillon.events.Push;
import io.carillon.events.RawJson;
import io.carillon.events.SubscribeOptions;
import io.carillon.fakes.FakeChannelLog;
import io.carillon.fakes.FakeConnections;
import io.carillon.fakes.FakeMailboxes;
import io.carillon.fakes.FakeShards;
import io.carillon.fakes.FakeSubscribers;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * One shard full of subscribers in memory, and the deliverer that serves it. Each publication is a frame of some 200
 * bytes. For one thread.
 */
final class Audience {

    private static final String CHANNEL = "bench:room";
    private static final String EPOCH = "epoch";
    private static final RawJson DATA = RawJson.of("{\"text\":\"" + "x".repeat(120) + "\"}");
    private static final Config CONFIG = Config.read("""
            {"client":{"allow_anonymous_connect_without_token":true},
             "channel":{"namespaces":[{"name":"bench","history_size":10,"history_ttl":"60s"}]},
             "carillon":{"shard_size":10000}}""");

    private static final byte[] FRAME =
            FrameWriter.push(CHANNEL, new Push.Pub(publication(1_000_000))).getBytes(StandardCharsets.UTF_8);

    private final FakeSubscribers subscribers;
    private final List<String> connections;
    private final Deliverer deliverer;
    private long offset;

    Audience(int size, Poster poster) {
        InstantSource clock = InstantSource.system();
        FakeShards shards = new FakeShards();
        subscribers = new FakeSubscribers(clock);
        // Shaped as API Gateway's ids are: they need percent-encoding.
        connections =
                IntStream.range(0, size).mapToObj("d9Qx%06dIAMCLoQ="::formatted).toList();
        Position start = new Position(0, EPOCH);
        shards.save(CHANNEL, 0, new ShardState(start, size, true, 1));
        for (String connection : connections) {
            subscribers.put(
                    CHANNEL,
                    0,
                    new Subscriber(connection, 1, ClientInfo.NONE, SubscribeOptions.NONE, start, false, false, 0));
        }
        deliverer = new Carillon(
                        new Ports(
                                new FakeConnections(clock),
                                new FakeChannelLog(clock, shards),
                                shards,
                                subscribers,
                                new FakeMailboxes(clock),
                                poster,
                                clock),
                        CONFIG)
                .deliverer();
    }

    /** Delivers one publication to all, and returns when the last post is answered. */
    void deliver() {
        deliverer.deliver(CHANNEL, 0, List.of(new Mail.Published(CHANNEL, 0, EPOCH, publication(++offset))), false);
    }

    List<String> connections() {
        return connections;
    }

    /** Reads the subscribers as a naive fan-out does, before it posts to each. */
    List<Subscriber> scan() {
        return subscribers.in(CHANNEL, 0);
    }

    /** The bytes of one publication, as each subscriber gets them. */
    byte[] frame() {
        return FRAME;
    }

    private static Publication publication(long offset) {
        return new Publication(offset, DATA, ClientInfo.NONE, Map.of(), 0);
    }
}
