package io.carillon.local.load;

import io.carillon.local.load.Attempt.Outcome.Accepted;
import io.carillon.local.load.Breach.Kind;
import io.carillon.local.load.Observed.Rules;
import io.carillon.local.load.Seen.Received;
import io.carillon.local.load.Seen.Subscribed;
import io.carillon.local.load.Seen.Way;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Follows one client through one channel, event by event, and notes each promise that is broken on the way. */
final class OrderedWalk implements Walk {

    /**
     * Offsets that were passed over at one moment.
     *
     * @param recovering whether that was within a recovery
     * @param recoveredAt when a recovery had just ended; 0 if none had
     */
    private record Jump(long from, long to, long at, boolean recovering, long recoveredAt) {
        boolean covers(long offset) {
            return offset >= from && offset <= to;
        }
    }

    private final Trail trail;

    private final Map<Long, Long> seen = new HashMap<>();
    private final List<Jump> jumps = new ArrayList<>();
    private final List<Jump> excused = new ArrayList<>();
    private Optional<Subscribed> last = Optional.empty();
    private boolean fresh;
    private long recoveredAt;
    private boolean away;
    private long start;
    private long reached;
    private long expected;
    private long received;
    private long recovered;
    private long recoveries;
    private long beyondWindow;
    private long repeats;

    OrderedWalk(Trail trail) {
        this.trail = trail;
    }

    @Override
    public void subscribed(Subscribed reply) {
        away = false;
        long offset = reply.position().offset();
        if (last.isEmpty()) {
            start = offset;
            reached = offset;
        } else if (reply.recovered()) {
            recoveries++;
        } else if (!reply.recovering()) {
            beginAnew(offset, reply);
        } else {
            unrecovered(reply);
        }
        last = Optional.of(reply);
        fresh = reply.recovered();
        recoveredAt = reply.recovered() ? reply.at() : 0;
    }

    /** A client that asked for nothing gets what comes after the reply, even what it has seen before. */
    private void beginAnew(long offset, Subscribed reply) {
        passOver(reply);
        seen.keySet().removeIf(later -> later > offset);
        start = Math.min(start, offset);
        reached = offset;
    }

    /**
     * The client was told that it has a hole: a breach if the window covers it and the history cannot have expired, but
     * nothing in it is lost unsaid.
     */
    private void unrecovered(Subscribed reply) {
        long offset = reply.position().offset();
        boolean sameLog = reply.position().epoch().equals(trail.published().epoch());
        boolean owed =
                offset - reached <= trail.rules().window() && !trail.rules().expires();
        if (!sameLog || owed) {
            String detail = "from offset " + reached + " to " + offset + (sameLog ? "" : ", another epoch");
            trail.report(Kind.UNRECOVERED, offset, reply.at(), detail);
        } else {
            beyondWindow++;
        }
        passOver(reply);
    }

    /** The client goes on from where the reply says. */
    private void passOver(Subscribed reply) {
        long offset = reply.position().offset();
        excused.add(new Jump(reached + 1, offset, reply.at(), true, 0));
        reached = Math.max(reached, offset);
    }

    @Override
    public void left() {
        away = true;
    }

    @Override
    public void received(Received publication) {
        long offset = publication.offset();
        if (publication.way() == Way.STRAY) {
            stray(publication);
            return;
        }
        recovered += publication.way() == Way.REPLY ? 1 : 0;
        boolean recovering = publication.way() == Way.REPLY || fresh;
        fresh = false;
        long justRecoveredAt = recoveredAt;
        recoveredAt = publication.way() == Way.REPLY ? recoveredAt : 0;
        Long before = seen.putIfAbsent(offset, publication.digest());
        if (offset <= start || before != null) {
            repeated(publication, before == null || before == publication.digest());
            return;
        }
        if (offset < reached) {
            trail.report(Kind.OUT_OF_ORDER, offset, publication.at(), "after " + reached);
        } else {
            if (offset > reached + 1) {
                jumps.add(new Jump(reached + 1, offset - 1, publication.at(), recovering, justRecoveredAt));
            }
            reached = offset;
        }
        compare(publication);
    }

    /** What is under way when a client leaves, or is delivered again, may come where nobody waits for it. */
    private void stray(Received publication) {
        if (!away && trail.rules().repeats() == 0) {
            trail.report(Kind.STRAY, publication.offset(), publication.at(), "");
        }
    }

    private void repeated(Received publication, boolean same) {
        String detail = "had reached " + reached;
        if (!same) {
            trail.report(Kind.CORRUPTED, publication.offset(), publication.at(), "a repeat with other data");
        } else if (trail.rules().repeats() == 0) {
            trail.report(Kind.REPEATED, publication.offset(), publication.at(), detail);
        } else if (publication.offset() <= reached - furthestRepeat(publication.offset())) {
            trail.report(Kind.UNBOUNDED_REPEAT, publication.offset(), publication.at(), detail);
        } else {
            repeats++;
        }
    }

    /** A delivery that is repeated repeats the recoveries in it too: what had no room in the reply is then seen again. */
    private long furthestRepeat(long offset) {
        boolean mayBeOfRecovery = last.filter(
                        reply -> reply.recovered() && offset > reply.position().offset())
                .isPresent();
        Rules rules = trail.rules();
        return mayBeOfRecovery ? Math.max(rules.repeats(), rules.window()) : rules.repeats();
    }

    private void compare(Received publication) {
        Optional<Attempt> attempt = trail.published().at(publication.offset());
        if (attempt.isEmpty()) {
            Kind kind = trail.published().of(publication.digest()).isPresent() ? Kind.TWICE : Kind.UNKNOWN;
            trail.report(kind, publication.offset(), publication.at(), "");
        } else if (attempt.get().digest() != publication.digest()) {
            trail.report(Kind.CORRUPTED, publication.offset(), publication.at(), "");
        }
    }

    /** Looks back over the whole way. */
    @Override
    public void end(long at) {
        if (last.isEmpty()) {
            return;
        }
        for (long offset : trail.published().offsetsAfter(start)) {
            if (seen.containsKey(offset)) {
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
                .orElseGet(() -> new Jump(offset, offset, end, false, recoveredAt));
        boolean part = jump.recovering() || acceptedBefore(offset, jump.recoveredAt());
        trail.report(part ? Kind.PART_RECOVERY : Kind.LOST, offset, jump.at(), "");
    }

    private boolean acceptedBefore(long offset, long at) {
        return trail.published().at(offset).orElseThrow().outcome() instanceof Accepted accepted && accepted.at() < at;
    }

    @Override
    public Verdict verdict() {
        return new Verdict(1, expected, received, recovered, recoveries, beyondWindow, repeats, List.of());
    }
}
