package io.carillon.local.load;

import io.carillon.local.load.Attempt.Outcome.Accepted;
import io.carillon.local.load.Breach.Kind;
import io.carillon.local.load.Seen.Received;
import io.carillon.local.load.Seen.Subscribed;
import io.carillon.local.load.Seen.Way;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Follows one client through one channel, event by event, and notes each promise that is broken on the way. */
final class Walk {

    /** Offsets that were passed over at one moment. */
    private record Jump(long from, long to, long at, boolean recovering) {
        boolean covers(long offset) {
            return offset >= from && offset <= to;
        }
    }

    private final String client;
    private final String channel;
    private final Published published;
    private final long window;
    private final Consumer<Breach> breaches;

    private final Set<Long> seen = new HashSet<>();
    private final List<Jump> jumps = new ArrayList<>();
    private final List<Jump> excused = new ArrayList<>();
    private Optional<Subscribed> last = Optional.empty();
    private boolean fresh;
    private long start;
    private long reached;
    private long expected;
    private long received;
    private long recovered;
    private long recoveries;
    private long beyondWindow;

    Walk(String client, String channel, Published published, long window, Consumer<Breach> breaches) {
        this.client = client;
        this.channel = channel;
        this.published = published;
        this.window = window;
        this.breaches = breaches;
    }

    void subscribed(Subscribed reply) {
        long offset = reply.position().offset();
        if (last.isEmpty()) {
            start = offset;
            reached = offset;
        } else if (reply.recovered()) {
            recoveries++;
        } else {
            unrecovered(reply);
        }
        last = Optional.of(reply);
        fresh = reply.recovered();
    }

    /** The client was told that it has a hole: a breach if the window covers it, but nothing in it is lost unsaid. */
    private void unrecovered(Subscribed reply) {
        long offset = reply.position().offset();
        boolean sameLog = reply.position().epoch().equals(published.epoch());
        if (!sameLog || offset - reached <= window) {
            String detail = "from offset " + reached + " to " + offset + (sameLog ? "" : ", another epoch");
            report(Kind.UNRECOVERED, offset, reply.at(), detail);
        } else {
            beyondWindow++;
        }
        excused.add(new Jump(reached + 1, offset, reply.at(), true));
        reached = Math.max(reached, offset);
    }

    void received(Received publication) {
        long offset = publication.offset();
        if (publication.way() == Way.STRAY) {
            report(Kind.STRAY, offset, publication.at(), "");
            return;
        }
        recovered += publication.way() == Way.REPLY ? 1 : 0;
        boolean recovering = publication.way() == Way.REPLY || fresh;
        fresh = false;
        if (offset <= start || !seen.add(offset)) {
            report(Kind.REPEATED, offset, publication.at(), "had reached " + reached);
            return;
        }
        if (offset < reached) {
            report(Kind.OUT_OF_ORDER, offset, publication.at(), "after " + reached);
        } else {
            if (offset > reached + 1) {
                jumps.add(new Jump(reached + 1, offset - 1, publication.at(), recovering));
            }
            reached = offset;
        }
        compare(publication);
    }

    private void compare(Received publication) {
        Optional<Attempt> attempt = published.at(publication.offset());
        if (attempt.isEmpty()) {
            report(Kind.UNKNOWN, publication.offset(), publication.at(), "");
        } else if (attempt.get().digest() != publication.digest()) {
            report(Kind.CORRUPTED, publication.offset(), publication.at(), "");
        }
    }

    /** Looks back over the whole way. */
    void end(long at) {
        if (last.isEmpty()) {
            return;
        }
        for (long offset : published.offsetsAfter(start)) {
            if (seen.contains(offset)) {
                expected++;
                received++;
            } else if (excused.stream().noneMatch(hole -> hole.covers(offset))) {
                expected++;
                lost(offset, at);
            }
        }
    }

    private void lost(long offset, long end) {
        Jump jump = jumps.stream()
                .filter(one -> one.covers(offset))
                .findFirst()
                .orElseGet(() -> new Jump(
                        offset,
                        offset,
                        end,
                        fresh && acceptedBefore(offset, last.get().at())));
        report(jump.recovering() ? Kind.PART_RECOVERY : Kind.LOST, offset, jump.at(), "");
    }

    private boolean acceptedBefore(long offset, long at) {
        return published.at(offset).orElseThrow().outcome() instanceof Accepted accepted && accepted.at() < at;
    }

    private void report(Kind kind, long offset, long at, String detail) {
        breaches.accept(new Breach(kind, channel, offset, client, at, detail));
    }

    Verdict verdict() {
        return new Verdict(1, expected, received, recovered, recoveries, beyondWindow, List.of());
    }
}
