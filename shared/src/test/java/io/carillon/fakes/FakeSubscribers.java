package io.carillon.fakes;

import io.carillon.delivery.Subscriber;
import io.carillon.delivery.Subscribers;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Keeps subscribers in memory, in order of connection id as the table does. */
public final class FakeSubscribers implements Subscribers {

    private record Key(String channel, int shard) {}

    private final Map<Key, Map<String, Subscriber>> shards = new HashMap<>();
    private final InstantSource clock;

    public FakeSubscribers(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized List<Subscriber> in(String channel, int shard) {
        long now = clock.instant().getEpochSecond();
        return shards.getOrDefault(new Key(channel, shard), Map.of()).values().stream()
                .filter(subscriber -> subscriber.expireAt() == 0 || subscriber.expireAt() > now)
                .toList();
    }

    @Override
    public synchronized Optional<List<Subscriber>> few(String channel, int shard, int most) {
        return shards.getOrDefault(new Key(channel, shard), Map.of()).size() > most
                ? Optional.empty()
                : Optional.of(in(channel, shard));
    }

    @Override
    public synchronized Optional<Subscriber> find(String channel, int shard, String connection) {
        return in(channel, shard).stream()
                .filter(subscriber -> subscriber.connection().equals(connection))
                .findFirst();
    }

    @Override
    public synchronized void put(String channel, int shard, Subscriber subscriber) {
        shards.computeIfAbsent(new Key(channel, shard), key -> new TreeMap<>())
                .put(subscriber.connection(), subscriber);
    }

    @Override
    public synchronized void remove(String channel, int shard, String connection) {
        shards.getOrDefault(new Key(channel, shard), new HashMap<>()).remove(connection);
    }
}
