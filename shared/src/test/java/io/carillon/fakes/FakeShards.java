package io.carillon.fakes;

import io.carillon.delivery.ShardState;
import io.carillon.delivery.Shards;
import java.util.HashMap;
import java.util.Map;

/** Keeps shard states in memory. */
public final class FakeShards implements Shards {

    private record Key(String channel, int shard) {}

    private final Map<Key, ShardState> states = new HashMap<>();

    @Override
    public synchronized ShardState load(String channel, int shard) {
        return states.getOrDefault(new Key(channel, shard), ShardState.UNUSED);
    }

    @Override
    public synchronized boolean save(String channel, int shard, ShardState state) {
        if (load(channel, shard).version() != state.version() - 1) {
            return false;
        }
        states.put(new Key(channel, shard), state);
        return true;
    }

    /** Counts the subscribers of each channel that has any. */
    synchronized Map<String, Integer> sizes() {
        Map<String, Integer> sizes = new HashMap<>();
        states.forEach((key, state) -> {
            if (state.size() > 0) {
                sizes.merge(key.channel(), state.size(), Integer::sum);
            }
        });
        return sizes;
    }
}
