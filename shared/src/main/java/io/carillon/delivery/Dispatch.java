package io.carillon.delivery;

import io.carillon.config.ChannelOptions;
import io.carillon.connection.Closer;
import io.carillon.delivery.Poster.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Posts the frames of a delivery, all connections side by side, and deals with those that could not be reached. */
final class Dispatch {

    private final Poster poster;
    private final Subscribers subscribers;
    private final Mailboxes mailboxes;
    private final Closer closer;
    private final Away away;

    Dispatch(Poster poster, Subscribers subscribers, Mailboxes mailboxes, Closer closer, Away away) {
        this.poster = poster;
        this.subscribers = subscribers;
        this.mailboxes = mailboxes;
        this.closer = closer;
        this.away = away;
    }

    private record Posted(Member member, CompletableFuture<Outcome> outcome) {}

    void send(String channel, int shard, ChannelOptions options, List<Member> recipients, Frames frames) {
        List<Posted> posts = new ArrayList<>(recipients.size());
        for (Member member : recipients) {
            List<byte[]> own = frames.of(member);
            if (!own.isEmpty()) {
                posts.add(new Posted(member, inOrder(member.connection(), own).toCompletableFuture()));
            }
        }
        for (Posted post : posts) {
            switch (post.outcome().join()) {
                case DELIVERED -> {
                    // Nothing is left to do.
                }
                case GONE -> forget(channel, shard, post.member());
                case BACKED_UP -> sendAway(channel, shard, options, post.member());
                default -> throw new IllegalStateException();
            }
        }
    }

    private CompletionStage<Outcome> inOrder(String connection, List<byte[]> frames) {
        CompletionStage<Outcome> last = poster.post(connection, frames.getFirst());
        for (byte[] frame : frames.subList(1, frames.size())) {
            last = last.thenCompose(outcome -> outcome == Outcome.DELIVERED
                    ? poster.post(connection, frame)
                    : CompletableFuture.completedStage(outcome));
        }
        return last;
    }

    private void forget(String channel, int shard, Member member) {
        if (!closer.forget(member.connection())) {
            // Somebody else forgot it; should their farewell to this mailbox be lost, this one takes its place.
            mailboxes.send(List.of(Closer.farewell(channel, shard, member.connection())));
        }
    }

    /** Without history there is nothing to recover from, so only who lost more than publications must come back. */
    private void sendAway(String channel, int shard, ChannelOptions options, Member member) {
        if (!options.hasHistory() || !member.isListening()) {
            if (member.hasOwnLines()) {
                poster.close(member.connection()).toCompletableFuture().join();
            }
            return;
        }
        away.allowReturn(channel, member.subscriber());
        subscribers.put(channel, shard, member.subscriber().goneAway());
        byte[] push = Away.push(channel).getBytes(StandardCharsets.UTF_8);
        if (poster.post(member.connection(), push).toCompletableFuture().join() != Outcome.DELIVERED) {
            // Closing gets through where a message does not; the client reconnects and recovers.
            poster.close(member.connection()).toCompletableFuture().join();
        }
    }
}
