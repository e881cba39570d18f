package io.carillon.fakes;

import io.carillon.channel.ChannelLog;
import io.carillon.channel.LogRecord;
import io.carillon.channel.LogState;
import io.carillon.events.Position;
import io.carillon.events.Publication;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Keeps channel logs in memory. Epochs are named epoch1, epoch2 and so on, across all channels. */
public final class FakeChannelLog implements ChannelLog {

    private static final Duration IDEMPOTENCY = Duration.ofMinutes(5);

    private record Log(LogState state, Instant expires) {}

    private record Row(LogRecord content, Instant expires) {}

    private record Key(String channel, String name) {}

    private record Seen(Position position, Instant expires) {}

    private final Map<String, Log> logs = new HashMap<>();
    private final Map<Key, NavigableMap<Long, Row>> rows = new HashMap<>();
    private final Map<Key, Seen> seen = new HashMap<>();
    private final InstantSource clock;
    private final FakeShards shards;
    private int epochs;

    /** Makes a log whose {@link #occupied} counts what {@code shards} holds. */
    public FakeChannelLog(InstantSource clock, FakeShards shards) {
        this.clock = clock;
        this.shards = shards;
    }

    @Override
    public synchronized LogState state(String channel) {
        Log log = logs.get(channel);
        if (log == null) {
            return LogState.UNUSED;
        }
        return isPast(log.expires())
                ? new LogState(Position.NONE, 0, log.state().shards())
                : log.state();
    }

    @Override
    public synchronized LogState reserve(String channel, Duration metaTtl) {
        LogState state = withEpoch(state(channel));
        return store(channel, new LogState(state.top().at(state.offset() + 1), state.floor(), state.shards()), metaTtl);
    }

    @Override
    public synchronized boolean put(String channel, String epoch, Publication publication, Duration ttl) {
        Row standing = log(channel, epoch)
                .putIfAbsent(
                        publication.offset(),
                        new Row(
                                new LogRecord.Entry(publication),
                                clock.instant().plus(ttl)));
        return standing == null || standing.content() instanceof LogRecord.Entry;
    }

    @Override
    public synchronized PutOnce putOnce(
            String channel, String epoch, Publication publication, Duration ttl, String idempotencyKey) {
        if (earlier(channel, idempotencyKey).isPresent()) {
            return PutOnce.REPEATED;
        }
        if (log(channel, epoch).containsKey(publication.offset())) {
            return PutOnce.CLOSED;
        }
        put(channel, epoch, publication, ttl);
        remember(channel, idempotencyKey, new Position(publication.offset(), epoch));
        return PutOnce.WRITTEN;
    }

    @Override
    public synchronized boolean claim(String channel, String idempotencyKey) {
        if (earlier(channel, idempotencyKey).isPresent()) {
            return false;
        }
        remember(channel, idempotencyKey, Position.NONE);
        return true;
    }

    @Override
    public synchronized Optional<Position> earlier(String channel, String idempotencyKey) {
        return Optional.ofNullable(seen.get(new Key(channel, idempotencyKey)))
                .filter(found -> !isPast(found.expires()))
                .map(Seen::position);
    }

    @Override
    public synchronized List<LogRecord> read(String channel, String epoch, long from, long to) {
        if (from > to) {
            return List.of();
        }
        return log(channel, epoch).subMap(from, true, to, true).values().stream()
                .filter(row -> !isPast(row.expires()))
                .map(Row::content)
                .toList();
    }

    @Override
    public synchronized boolean tombstone(String channel, String epoch, long offset) {
        Row standing = log(channel, epoch).get(offset);
        if (standing != null && standing.content() instanceof LogRecord.Entry) {
            return false;
        }
        log(channel, epoch).put(offset, new Row(new LogRecord.Tombstone(offset), Instant.MAX));
        return true;
    }

    @Override
    public synchronized void remove(String channel) {
        logs.computeIfPresent(
                channel,
                (key, log) -> new Log(
                        new LogState(
                                log.state().top(),
                                log.state().offset(),
                                log.state().shards()),
                        log.expires()));
    }

    @Override
    public synchronized LogState openShard(String channel, int shard, Duration metaTtl) {
        LogState state = state(channel);
        if (!state.epoch().isEmpty() && state.shards() > shard) {
            return state;
        }
        LogState started = withEpoch(state);
        return store(
                channel, new LogState(started.top(), started.floor(), Math.max(started.shards(), shard + 1)), metaTtl);
    }

    @Override
    public synchronized boolean closeShard(String channel, int shard) {
        Log log = logs.get(channel);
        if (log == null || log.state().shards() <= shard) {
            return true;
        }
        if (log.state().shards() > shard + 1) {
            return false;
        }
        logs.put(channel, new Log(new LogState(log.state().top(), log.state().floor(), shard), log.expires()));
        return true;
    }

    @Override
    public void occupied(BiConsumer<String, Integer> visitor) {
        shards.sizes().forEach(visitor);
    }

    private LogState withEpoch(LogState state) {
        if (!state.epoch().isEmpty()) {
            return state;
        }
        epochs++;
        return new LogState(new Position(0, "epoch" + epochs), 0, state.shards());
    }

    private LogState store(String channel, LogState state, Duration metaTtl) {
        logs.put(channel, new Log(state, clock.instant().plus(metaTtl)));
        return state;
    }

    private void remember(String channel, String idempotencyKey, Position position) {
        seen.put(
                new Key(channel, idempotencyKey),
                new Seen(position, clock.instant().plus(IDEMPOTENCY)));
    }

    private NavigableMap<Long, Row> log(String channel, String epoch) {
        return rows.computeIfAbsent(new Key(channel, epoch), key -> new TreeMap<>());
    }

    private boolean isPast(Instant expires) {
        return !expires.isAfter(clock.instant());
    }
}
