package io.carillon.connection;

/**
 * What a connection's row says about one channel. Every change of its state raises {@code revision}, so that a message
 * which was overtaken by a later change can be told by its older revision.
 *
 * @param revision grows with every change; starts from the clock, in milliseconds
 * @param command the highest command id applied; a lower one that arrives late changes nothing
 * @param shard the shard whose mailbox holds this subscription
 * @param state whether the connection is subscribed
 * @param source who asked for it
 * @param hasInfo whether the subscription has an info of its own, which its subscriber's row holds
 * @param expireAt when the subscription expires, in seconds since 1970; 0 for never
 */
public record Entry(
        long revision, long command, int shard, State state, Source source, boolean hasInfo, long expireAt) {

    /** Where a subscription stands. */
    public enum State {
        /** Subscribed, or being subscribed. */
        ACTIVE,
        /** Told to subscribe again because something could not be delivered; still counted in presence. */
        AWAY,
        /** Unsubscribed; kept for a while so that a late command is recognised. */
        LEFT
    }

    /** Who asks for subscriptions. */
    public enum Source {
        /** The client, with a command. */
        CLIENT,
        /** The server, through its API or its configuration. */
        SERVER,
        /** The server, by what the connection token grants. */
        TOKEN
    }

    /** Whether the server asked for it. */
    public boolean serverSide() {
        return source != Source.CLIENT;
    }

    /** The same entry in another state, one revision on. */
    public Entry to(State next) {
        return new Entry(revision + 1, command, shard, next, source, hasInfo, expireAt);
    }

    /** The same entry after a later command, one revision on. */
    public Entry by(long laterCommand, State next) {
        return new Entry(revision + 1, laterCommand, shard, next, source, hasInfo, expireAt);
    }

    /** The same revision after a later command that came to nothing. */
    public Entry as(long laterCommand) {
        return new Entry(revision, laterCommand, shard, state, source, hasInfo, expireAt);
    }

    /** The same revision with another expiry. */
    public Entry expiring(long newExpireAt) {
        return new Entry(revision, command, shard, state, source, hasInfo, newExpireAt);
    }

    /** The same revision in another shard: its mail goes on to that shard's mailbox. */
    public Entry movedTo(int newShard) {
        return new Entry(revision, command, newShard, state, source, hasInfo, expireAt);
    }
}
