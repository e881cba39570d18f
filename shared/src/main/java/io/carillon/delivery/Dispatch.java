package io.carillon.delivery;

import io.carillon.config.ChannelOptions;
import io.carillon.connection.Closer;
import io.carillon.delivery.Mailboxes.Letter;
import io.carillon.delivery.Poster.Outcome;
import io.carillon.events.Unsubscribe;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** Posts the frames of a delivery, all connections side by side, and deals with those that could not be reached. */
final class Dispatch {

    private final Poster poster;
    private final Closer closer;
    private final Mailboxes mailboxes;
    private final Away away;
    private final SideBySide sideBySide;
    private final Postage postage;

    Dispatch(Poster poster, Closer closer, Mailboxes mailboxes, Away away, SideBySide sideBySide, Postage postage) {
        this.poster = poster;
        this.closer = closer;
        this.mailboxes = mailboxes;
        this.away = away;
        this.sideBySide = sideBySide;
        this.postage = postage;
    }

    private record Parcel(Member member, List<byte[]> frames) {}

    private record Posting(Member member, CompletableFuture<Outcome> outcome) {}

    private record Unreached(Member member, Outcome outcome) {}

    /**
     * Returns when every recipient has got its frames, or has been dealt with. Who does not take them at once is tried
     * again only while others are still being served.
     */
    void send(String channel, int shard, ChannelOptions options, Roster roster, Frames frames) {
        List<Parcel> parcels = new ArrayList<>();
        for (Member member : roster.recipients()) {
            List<byte[]> own = frames.of(member);
            if (!own.isEmpty()) {
                parcels.add(new Parcel(member, own));
            }
        }
        Backoff backoff = Backoff.among(parcels.size(), roster.size());
        List<Posting> postings = parcels.stream()
                .map(parcel -> new Posting(
                        parcel.member(),
                        inOrder(parcel, backoff)
                                .whenComplete((outcome, failure) -> {
                                    postage.note(
                                            outcome,
                                            parcel.member().hasOwnLines() ? Postage.TIMELESS : frames.oldest());
                                    backoff.done(outcome == Outcome.DELIVERED);
                                })
                                .toCompletableFuture()))
                .toList();
        List<Unreached> unreached = postings.stream()
                .map(posting ->
                        new Unreached(posting.member(), posting.outcome().join()))
                .filter(one -> one.outcome() != Outcome.DELIVERED)
                .toList();
        Map<Boolean, List<Member>> byGone = unreached.stream()
                .collect(Collectors.partitioningBy(
                        one -> one.outcome() == Outcome.GONE,
                        Collectors.mapping(Unreached::member, Collectors.toList())));
        forget(channel, shard, roster, byGone.get(true));
        sideBySide.each(byGone.get(false), member -> sendAway(channel, options, roster, member, backoff.isOver()));
    }

    private CompletionStage<Outcome> inOrder(Parcel parcel, Backoff backoff) {
        String connection = parcel.member().connection();
        CompletionStage<Outcome> last = poster.post(connection, parcel.frames().getFirst(), backoff);
        for (byte[] frame : parcel.frames().subList(1, parcel.frames().size())) {
            last = last.thenCompose(outcome -> outcome == Outcome.DELIVERED
                    ? poster.post(connection, frame, backoff)
                    : CompletableFuture.completedStage(outcome));
        }
        return last;
    }

    /**
     * Forgets who is gone. Where others are to see them leave, a letter to this mailbox gives that its place among the
     * publications: should it be lost that somebody else has sent, another takes its place.
     */
    private void forget(String channel, int shard, Roster roster, List<Member> gone) {
        if (gone.isEmpty()) {
            return;
        }
        Set<String> forgotten =
                closer.forgetAll(gone.stream().map(Member::connection).toList());
        List<Letter> farewells = new ArrayList<>();
        for (Member member : gone.stream().filter(Member::isSubscribed).toList()) {
            if (!member.row().orElseThrow().options().emitJoinLeave()) {
                roster.forget(member);
            } else if (!forgotten.contains(member.connection())) {
                farewells.add(Closer.farewell(channel, shard, member.connection()));
            }
        }
        if (!farewells.isEmpty()) {
            mailboxes.send(farewells);
        }
        // Until its farewell comes nothing may reach it, because this has not.
        sideBySide.each(gone.stream().filter(Member::isListening).toList(), roster::noteAway);
    }

    /** Without history there is nothing to recover from, so only who lost more than publications must come back. */
    private void sendAway(String channel, ChannelOptions options, Roster roster, Member member, boolean isHoldingUp) {
        if (!options.hasHistory() || !member.isListening()) {
            if (member.hasOwnLines()) {
                close(member);
            }
            return;
        }
        postage.slow();
        postage.code(Unsubscribe.INSUFFICIENT_STATE.code());
        Subscriber row = member.row().orElseThrow();
        away.allowReturn(channel, row);
        byte[] push = Away.push(channel, row, member.answered()).getBytes(StandardCharsets.UTF_8);
        Backoff backoff = isHoldingUp ? Backoff.NONE : Backoff.unlimited();
        Outcome told = poster.post(member.connection(), push, backoff)
                .toCompletableFuture()
                .join();
        if (told != Outcome.DELIVERED) {
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
