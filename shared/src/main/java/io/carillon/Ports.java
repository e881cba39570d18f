package io.carillon;

import io.carillon.channel.ChannelLog;
import io.carillon.connection.Connections;
import io.carillon.delivery.Mailboxes;
import io.carillon.delivery.Poster;
import io.carillon.delivery.Shards;
import io.carillon.delivery.Subscribers;
import io.carillon.metrics.Metrics;
import io.carillon.proxy.Backends;
import io.carillon.topic.EventTopic;
import java.time.InstantSource;

/** Everything outside that the logic works with: AWS through the adapters, or fakes in memory. */
public record Ports(
        Connections connections,
        ChannelLog log,
        Shards shards,
        Subscribers subscribers,
        Mailboxes mailboxes,
        Poster poster,
        InstantSource clock,
        Metrics metrics,
        Backends backends,
        EventTopic events) {

    /** Ports that count and have backends of the application, without a topic for events. */
    public Ports(
            Connections connections,
            ChannelLog log,
            Shards shards,
            Subscribers subscribers,
            Mailboxes mailboxes,
            Poster poster,
            InstantSource clock,
            Metrics metrics,
            Backends backends) {
        this(connections, log, shards, subscribers, mailboxes, poster, clock, metrics, backends, EventTopic.NONE);
    }

    /** Ports that count, without backends of the application. */
    public Ports(
            Connections connections,
            ChannelLog log,
            Shards shards,
            Subscribers subscribers,
            Mailboxes mailboxes,
            Poster poster,
            InstantSource clock,
            Metrics metrics) {
        this(connections, log, shards, subscribers, mailboxes, poster, clock, metrics, Backends.NONE);
    }

    /** Ports that count nothing, without backends of the application. */
    public Ports(
            Connections connections,
            ChannelLog log,
            Shards shards,
            Subscribers subscribers,
            Mailboxes mailboxes,
            Poster poster,
            InstantSource clock) {
        this(connections, log, shards, subscribers, mailboxes, poster, clock, Metrics.NONE);
    }

    /** The same ports, with metrics that count. */
    public Ports with(Metrics other) {
        return new Ports(connections, log, shards, subscribers, mailboxes, poster, clock, other, backends, events);
    }

    /** The same ports, with backends of the application. */
    public Ports withBackends(Backends other) {
        return new Ports(connections, log, shards, subscribers, mailboxes, poster, clock, metrics, other, events);
    }

    /** The same ports, with a topic for events. */
    public Ports withEvents(EventTopic other) {
        return new Ports(connections, log, shards, subscribers, mailboxes, poster, clock, metrics, backends, other);
    }
}
