package io.carillon.delivery;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.channel.ChannelLog;
import io.carillon.channel.Draft;
import io.carillon.channel.Publisher;
import io.carillon.config.ChannelOptions;
import io.carillon.connection.Closer;
import io.carillon.connection.Connection;
import io.carillon.connection.Connections;
import io.carillon.connection.Entry;
import io.carillon.events.ClientInfo;
import io.carillon.events.Position;
import io.carillon.events.RawJson;
import io.carillon.events.Request.Recover;
import io.carillon.events.SubscribeOptions;
import io.carillon.events.Unsubscribe;
import io.carillon.fakes.FakeChannelLog;
import io.carillon.fakes.FakeClock;
import io.carillon.fakes.FakeConnections;
import io.carillon.fakes.FakeMailboxes;
import io.carillon.fakes.FakePoster;
import io.carillon.fakes.FakeShards;
import io.carillon.fakes.FakeSubscribers;
import io.carillon.session.Subscriptions;
import io.carillon.session.Subscriptions.Outcome;
import io.carillon.session.Subscriptions.Wish;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One channel with its publisher, its deliverer and its connections, all in memory. */
final class World {

    /** One after another, so that every run makes the same calls in the same order. */
    private static final SideBySide ONE_BY_ONE = new SideBySide() {
        @Override
        public <T> void each(List<T> all, Consumer<T> action) {
            all.forEach(action);
        }
    };

    static final String CHANNEL = "news";

    static final int RECOVERY_LIMIT = 300;

    /** A history of 100 publications and an hour, recovered in full. */
    static final ChannelOptions HISTORY = options("");

    /** At most once. */
    static final ChannelOptions NO_HISTORY = ChannelOptions.read("{\"presence\":true,\"join_leave\":true}");

    static final SubscribeOptions RECOVERABLE = new SubscribeOptions(true, true, true, false, false, false, 0, true);
    static final SubscribeOptions PLAIN = new SubscribeOptions(false, false, true, false, false, false, 0, true);
    static final SubscribeOptions JOIN_LEAVE = new SubscribeOptions(true, true, true, true, true, false, 0, true);

    final FakeClock clock = new FakeClock();
    final FakeShards shards = new FakeShards();
    final FakeChannelLog log = new FakeChannelLog(clock, shards);
    final FakeSubscribers subscribers = new FakeSubscribers(clock);
    final FakeConnections connections = new FakeConnections(clock);
    final FakeMailboxes mailboxes;
    final FakePoster poster = new FakePoster();
    final Faults faults = new Faults();
    final Publisher publisher;
    final Subscriptions subscriptions;
    final Closer closer;
    final Deliverer deliverer;
    private final Map<String, Long> commands = new HashMap<>();
    private Optional<ChannelOptions> options;

    World(ChannelOptions options) {
        this(options, 1000, () -> 10);
    }

    World(ChannelOptions options, int shardSize) {
        this(options, shardSize, () -> 10);
    }

    World(ChannelOptions options, int shardSize, IntSupplier batchSize) {
        this.options = Optional.of(options);
        mailboxes = new FakeMailboxes(clock, batchSize);
        subscriptions = new Subscriptions(connections, log, mailboxes, clock, 128);
        closer = new Closer(connections, mailboxes);
        publisher = new Publisher(
                faults.around(ChannelLog.class, log),
                faults.around(Mailboxes.class, mailboxes),
                new DirectDelivery(
                        faults.around(ChannelLog.class, log),
                        faults.around(Subscribers.class, subscribers),
                        faults.around(Poster.class, poster),
                        closer,
                        shardSize - 1,
                        Runnable::run),
                clock);
        deliverer = deliverer(poster, shardSize);
    }

    /** Another deliverer of the same mailboxes. */
    Deliverer deliverer(Poster poster, int shardSize) {
        Deliverer.Parts parts = new Deliverer.Parts(
                faults.around(ChannelLog.class, log),
                faults.around(Shards.class, shards),
                faults.around(Subscribers.class, subscribers),
                faults.around(Connections.class, connections),
                faults.around(Mailboxes.class, mailboxes),
                faults.around(Poster.class, poster),
                clock,
                channel -> options,
                shardSize,
                RECOVERY_LIMIT,
                List.of(Duration.ofMillis(1)));
        return new Deliverer(parts, ONE_BY_ONE);
    }

    static ChannelOptions options(String more) {
        return ChannelOptions.read("{\"presence\":true,\"join_leave\":true,\"history_size\":100,\"history_ttl\":\"1h\","
                + "\"history_meta_ttl\":\"2h\",\"force_recovery\":true" + more + "}");
    }

    void change(Optional<ChannelOptions> next) {
        options = next;
    }

    void connect(String... ids) {
        for (String id : ids) {
            Connection opened = Connection.opened(id, clock.millis());
            connections.open(opened);
            connections.establish(new Connection(
                    id,
                    true,
                    id,
                    "user of " + id,
                    RawJson.NONE,
                    RawJson.NONE,
                    id,
                    opened.connectedAt(),
                    0,
                    0,
                    0,
                    Map.of()));
        }
    }

    /** Subscribes as the server or a command would. */
    Outcome subscribe(String id, Wish wish) {
        return connections
                .find(id)
                .map(connection -> subscriptions.subscribe(connection, wish))
                .orElse(Outcome.GONE);
    }

    /** Subscribes to come back to where it stopped. */
    void subscribe(String... ids) {
        for (String id : ids) {
            subscribe(id, RECOVERABLE, Recover.NO);
        }
    }

    Outcome subscribe(String id, SubscribeOptions wanted, Recover recover) {
        return subscribe(id, new Wish(CHANNEL, nextCommand(id), RawJson.NONE, RawJson.NONE, wanted, recover));
    }

    /** Subscribes because the server wants it, not the client. */
    Outcome subscribeByServer(String id, Recover recover) {
        return subscribe(id, new Wish(CHANNEL, 0, RawJson.NONE, RawJson.NONE, RECOVERABLE, recover));
    }

    /** Subscribes because the server wants it, to go on from what the connect reply has told. */
    Outcome subscribeAnswered(String id, Position told) {
        Wish wish = new Wish(CHANNEL, 0, RawJson.NONE, RawJson.NONE, RECOVERABLE, Recover.NO).answered(told);
        return subscribe(id, wish);
    }

    void unsubscribe(String id) {
        subscriptions.unsubscribe(id, CHANNEL, nextCommand(id), Optional.empty());
    }

    void unsubscribeByServer(String id) {
        subscriptions.unsubscribe(id, CHANNEL, 0, Optional.of(Unsubscribe.SERVER));
    }

    long lastCommand(String id) {
        return commands.getOrDefault(id, 0L);
    }

    private long nextCommand(String id) {
        return commands.merge(id, 1L, Long::sum);
    }

    /** Where the channel's log is, at another offset. */
    Recover from(long offset) {
        return new Recover(true, offset, log.state(CHANNEL).epoch());
    }

    Position publish() {
        return publish("{}");
    }

    Position publish(String data) {
        return publisher
                .publish(CHANNEL, options.orElseThrow(), Draft.from(ClientInfo.NONE, RawJson.of(data)))
                .position();
    }

    void publish(int times) {
        for (int i = 0; i < times; i++) {
            publish();
        }
    }

    /** Takes an offset and dies before writing to it. */
    long publishHalf() {
        return log.reserve(CHANNEL, options.orElseThrow().historyMetaTtl()).offset();
    }

    /** Carries out all that waits in the mailboxes. */
    void deliver() {
        mailboxes.drain(deliverer::deliver);
    }

    /** Carries out what waits, dies at a point, and leaves the rest to the next delivery. */
    void deliverUntil(String point) {
        faults.crashAt(point);
        assertThatThrownBy(this::deliver).isInstanceOf(Faults.Crash.class);
    }

    /** All that a connection was told, in short. */
    List<String> seen(String id) {
        return poster.lines(id).stream().map(Seen::of).toList();
    }

    /** Forgets what connections were told so far. */
    void forgetSeen() {
        poster.clear();
    }

    int shardCount() {
        return log.state(CHANNEL).shards();
    }

    Optional<Entry> entry(String id) {
        return connections.find(id).flatMap(found -> found.subscription(CHANNEL));
    }

    Optional<Subscriber> row(String id) {
        return allRows().filter(row -> row.connection().equals(id)).findFirst();
    }

    /** Counts the shards that a connection is in. */
    long rows(String id) {
        return allRows().filter(row -> row.connection().equals(id)).count();
    }

    Stream<Subscriber> allRows() {
        return IntStream.range(0, 64).boxed().flatMap(shard -> subscribers.in(CHANNEL, shard).stream());
    }
}
