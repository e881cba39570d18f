package io.carillon.config;

import java.time.Duration;
import java.util.List;

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
        int postQuota,

        @Key("How many frames per second one connection may send, counted in each function instance for itself; "
                + "0 means any number. Commands beyond it are answered with error 111, and a client that keeps sending "
                + "more than twice as many is disconnected with 3013. Polls of long-poll beyond it are answered with HTTP "
                + "status 429; with 0, those beyond 20 per second are.")
        int frameRateLimit,

        @Key("How many requests per second the server API takes, counted in each function instance for itself; 0 means "
                + "any number. Requests beyond it are answered with error 111.")
        int apiRateLimit,

        @Key(
                value = "The largest body of a request to the server API, in bytes. Larger ones are answered with HTTP "
                        + "status 413 and error 106. Lambda takes 6 MB, in which each quote and backslash counts "
                        + "twice; the initial value fits however many there are.",
                initial = "3000000",
                min = 1024,
                max = 6_000_000)
        int apiBodyLimit,

        @Key(
                value = "The largest publication in bytes, written as one line of JSON as its subscribers get it. "
                        + "Larger ones are refused with error 106. API Gateway takes up to 32 KB from a client, and "
                        + "passes on up to 128 KB to one.",
                initial = "131072",
                min = 256,
                max = 131_072)
        int publicationSizeLimit,

        @Key(
                value = "How long a long-poll client waits between two polls while messages come. A poll costs about "
                        + "$ 1.40 per million, so each second one is $ 0.005 per connection and hour.",
                initial = "500ms",
                shortest = "100ms",
                longest = "30s")
        Duration longPollMinInterval,

        @Key(
                value = "How long a long-poll client waits between two polls while no messages come; it gets there by "
                        + "doubling its wait.",
                initial = "5s",
                shortest = "100ms",
                longest = "50s")
        Duration longPollMaxInterval,

        @Key(
                value = "How many long-poll connections per second one IP address may open, counted in each function "
                        + "instance for itself; 0 means any number. An IPv6 address counts as its /64. More are answered "
                        + "with HTTP status 429, and clients try again with growing pauses. Opening needs no token, and "
                        + "costs two writes; raise this if many users share one address.",
                initial = "10")
        int longPollOpenLimit,

        @Key(
                value = "How many mobile push notifications a device gets in a minute; 0 means any number. What goes "
                        + "beyond is not sent, and `push_status` says so.",
                initial = "60",
                max = 10_000)
        int pushRateLimit,

        @Key("The topics that clients may choose for their own device with `POST /devices`: names in which `*` stands "
                + "for anything. Other topics are the backend's to give.")
        List<String> pushClientTopics,

        CircuitConfig proxyCircuit,

        @Key("What the topic `events` is told of connections and devices: any of `connected`, `disconnected` and "
                + "`device_failed`. Namespaces have a `carillon.events` of their own for their channels.")
        List<String> events,

        @Key(
                "What epochs begin with, up to 16 small letters and digits. A log whose epoch begins with something else is "
                        + "not continued: its next publication or subscription starts a new epoch. Each Region of a deployment in "
                        + "two has its own, and a new one each time its logs must not go on: when clients come back to it, and "
                        + "after a restore. Empty: every log goes on.")
        String epochMark) {}
