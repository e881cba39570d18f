package io.carillon;

import io.carillon.channel.ChannelLog;
import io.carillon.connection.Connections;
import io.carillon.delivery.Mailboxes;
import io.carillon.delivery.Poster;
import io.carillon.delivery.Shards;
import io.carillon.delivery.Subscribers;
import java.time.InstantSource;

/** Everything outside that the logic works with: AWS through the adapters, or fakes in memory. */
public record Ports(
        Connections connections,
        ChannelLog log,
        Shards shards,
        Subscribers subscribers,
        Mailboxes mailboxes,
        Poster poster,
        InstantSource clock) {}
