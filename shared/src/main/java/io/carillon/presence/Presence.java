package io.carillon.presence;

import io.carillon.channel.ChannelLog;
import io.carillon.delivery.Subscriber;
import io.carillon.delivery.Subscribers;
import io.carillon.events.ClientInfo;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Says who is subscribed to a channel: users, each with their connections. Reads the subscribers' rows themselves, so
 * it is right as soon as a subscribe command has been answered. One read per shard.
 *
 * <p>Safe for use by several threads.
 */
public final class Presence {

    private final ChannelLog log;
    private final Subscribers subscribers;

    public Presence(ChannelLog log, Subscribers subscribers) {
        this.log = log;
        this.subscribers = subscribers;
    }

    /** How many are subscribed. */
    public record Stats(int clients, int users) {}

    /** Lists who is subscribed, by client id. */
    public Map<String, ClientInfo> of(String channel) {
        Map<String, ClientInfo> present = new LinkedHashMap<>();
        visit(channel, subscriber -> present.put(subscriber.info().client(), subscriber.info()));
        return present;
    }

    /** Counts who is subscribed. */
    public Stats stats(String channel) {
        Set<String> users = new HashSet<>();
        int[] clients = {0};
        visit(channel, subscriber -> {
            clients[0]++;
            users.add(subscriber.info().user());
        });
        return new Stats(clients[0], users.size());
    }

    private void visit(String channel, Consumer<Subscriber> visitor) {
        int shards = log.state(channel).shards();
        for (int shard = 0; shard < shards; shard++) {
            subscribers.in(channel, shard).stream()
                    .filter(subscriber -> subscriber.options().presence())
                    .forEach(visitor);
        }
    }
}
