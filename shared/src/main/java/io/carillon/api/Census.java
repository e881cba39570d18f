package io.carillon.api;

import io.carillon.Version;
import io.carillon.channel.ChannelLog;
import io.carillon.config.Glob;
import io.carillon.connection.Connections;
import io.carillon.events.ApiResult;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Counts channels and connections for the server API. Each count visits every row, so it is for people and dashboards,
 * not for every request.
 *
 * <p>Safe for use by several threads.
 */
public final class Census {

    private static final String NODE = "carillon";

    private final ChannelLog log;
    private final Connections connections;
    private final InstantSource clock;
    private final long startedAt;

    public Census(ChannelLog log, Connections connections, InstantSource clock) {
        this.log = log;
        this.connections = connections;
        this.clock = clock;
        this.startedAt = clock.millis();
    }

    /**
     * Lists the channels that have subscribers.
     *
     * @param pattern what the name must match, {@code *} standing for anything; empty for all
     */
    ApiResult.Channels channels(String pattern) {
        Glob wanted = Glob.of(pattern.isEmpty() ? "*" : pattern);
        Map<String, ApiResult.ChannelInfo> found = new TreeMap<>();
        log.occupied((channel, clients) -> {
            if (wanted.matches(channel)) {
                found.put(channel, new ApiResult.ChannelInfo(clients));
            }
        });
        return new ApiResult.Channels(found);
    }

    /** Describes the whole deployment as one node, since it has no servers to tell apart. */
    ApiResult.Info info() {
        Set<String> users = new HashSet<>();
        int[] clients = {0};
        connections.all(connection -> {
            if (connection.established()) {
                clients[0]++;
                users.add(connection.user());
            }
        });
        int[] channels = {0};
        int[] subscribers = {0};
        log.occupied((channel, size) -> {
            channels[0]++;
            subscribers[0] += size;
        });
        long uptime = (clock.millis() - startedAt) / 1000;
        return new ApiResult.Info(List.of(new ApiResult.Node(
                NODE, NODE, Version.NUMBER, clients[0], users.size(), channels[0], uptime, subscribers[0])));
    }
}
