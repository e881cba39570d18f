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
    private final Mailboxes mailboxes;
    private final Closer closer;
    private final Away away;
    private final SideBySide sideBySide;

    Dispatch(Poster poster, Mailboxes mailboxes, Closer closer, Away away, SideBySide sideBySide) {
        this.poster = poster;
        this.mailboxes = mailboxes;
        this.closer = closer;
        this.away = away;
        this.sideBySide = sideBySide;
    }

    private record Posting(Member member, CompletableFuture<Outcome> outcome) {}

    private record Unreached(Member member, Outcome outcome) {}

    /** Returns when every recipient has got its frames, or has been dealt with. */
    void send(String channel, int shard, ChannelOptions options, Roster roster, Frames frames) {
        List<Posting> postings = new ArrayList<>();
        for (Member member : roster.recipients()) {
            List<byte[]> own = frames.of(member);
            if (!own.isEmpty()) {
                postings.add(
                        new Posting(member, inOrder(member.connection(), own).toCompletableFuture()));
            }
        }
        List<Unreached> unreached = postings.stream()
                .map(posting ->
                        new Unreached(posting.member(), posting.outcome().join()))
                .filter(one -> one.outcome() != Outcome.DELIVERED)
                .toList();
        sideBySide.each(unreached, one -> {
            if (one.outcome() == Outcome.GONE) {
                forget(channel, shard, one.member());
            } else {
                sendAway(channel, options, roster, one.member());
            }
        });
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
    private void sendAway(String channel, ChannelOptions options, Roster roster, Member member) {
        if (!options.hasHistory() || !member.isListening()) {
            if (member.hasOwnLines()) {
                close(member);
            }
            return;
        }
        away.allowReturn(channel, member.row().orElseThrow());
        byte[] push = Away.push(channel).getBytes(StandardCharsets.UTF_8);
        if (poster.post(member.connection(), push).toCompletableFuture().join() != Outcome.DELIVERED) {
            // Closing gets through where a message does not; the client reconnects and recovers.
            close(member);
        }
        // At once and not with the other rows: should this delivery fail, it must not be sent what it comes back for.
        roster.noteAway(member);
    }

    private void close(Member member) {
        poster.close(member.connection()).toCompletableFuture().join();
    }
}
