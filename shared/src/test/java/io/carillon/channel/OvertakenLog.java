package io.carillon.channel;

import io.carillon.events.Position;
import io.carillon.events.Publication;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** A log in which, a number of times, a deliverer closes an offset before its publisher has written. */
class OvertakenLog implements ChannelLog {

    private final ChannelLog log;
    private int times;

    OvertakenLog(ChannelLog log, int times) {
        this.log = log;
        this.times = times;
    }

    @Override
    public LogState reserve(String channel, Duration metaTtl) {
        LogState place = log.reserve(channel, metaTtl);
        if (times > 0) {
            times--;
            log.tombstone(channel, place.epoch(), place.offset());
        }
        return place;
    }

    @Override
    public LogState state(String channel) {
        return log.state(channel);
    }

    @Override
    public boolean put(String channel, String epoch, Publication publication, Duration ttl) {
        return log.put(channel, epoch, publication, ttl);
    }

    @Override
    public PutOnce putOnce(String channel, String epoch, Publication publication, Duration ttl, String idempotencyKey) {
        return log.putOnce(channel, epoch, publication, ttl, idempotencyKey);
    }

    @Override
    public boolean claim(String channel, String idempotencyKey) {
        return log.claim(channel, idempotencyKey);
    }

    @Override
    public Optional<Position> earlier(String channel, String idempotencyKey) {
        return log.earlier(channel, idempotencyKey);
    }

    @Override
    public List<LogRecord> read(String channel, String epoch, long from, long to) {
        return log.read(channel, epoch, from, to);
    }

    @Override
    public boolean tombstone(String channel, String epoch, long offset) {
        return log.tombstone(channel, epoch, offset);
    }

    @Override
    public void remove(String channel) {
        log.remove(channel);
    }

    @Override
    public LogState openShard(String channel, int shard, Duration metaTtl) {
        return log.openShard(channel, shard, metaTtl);
    }

    @Override
    public boolean closeShard(String channel, int shard) {
        return log.closeShard(channel, shard);
    }

    @Override
    public void occupied(BiConsumer<String, Integer> visitor) {
        log.occupied(visitor);
    }
}
