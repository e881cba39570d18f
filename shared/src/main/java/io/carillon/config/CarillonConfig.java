package io.carillon.config;

import java.time.Duration;

/** Holds the section {@code carillon}: what Centrifugo has no word for. */
public record CarillonConfig(
        @Key(
                value = "How many subscribers one shard of a channel holds before the channel grows by another.",
                initial = "1000",
                min = 1,
                max = 10_000)
        int shardSize,

        @Key(
                value = "How long a client waits for a ping before it reconnects. The heartbeat runs once a minute and "
                        + "pings a little earlier, so less than `120s` suits only a local runtime; "
                        + "API Gateway closes a connection that is idle for 10 minutes.",
                initial = "480s",
                shortest = "1s",
                longest = "540s",
                wholeSeconds = true)
        Duration pingInterval,

        @Key(
                value =
                        "How many messages per second the account may post to connections, all its WebSocket APIs in the "
                                + "Region together: the account's request quota of API Gateway, or the part of it that Carillon "
                                + "is to use. Concurrent deliveries share it out among themselves.",
                initial = "10000",
                min = 1,
                max = 1_000_000)
        int postQuota) {}
