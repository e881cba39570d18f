package io.carillon.local.load;

import io.carillon.local.load.Breach.Kind;
import io.carillon.local.load.Seen.Received;
import io.carillon.local.load.Seen.Subscribed;
import io.carillon.local.load.Seen.Way;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Follows one client through a channel without history: nothing is owed, in no order, but what comes must have been
 * published, to a subscriber, and come at most once unless deliveries are repeated.
 */
final class LooseWalk implements Walk {

    private final Trail trail;
    private final Set<Long> seen = new HashSet<>();
    private boolean away;
    private long repeats;

    LooseWalk(Trail trail) {
        this.trail = trail;
    }

    @Override
    public void subscribed(Subscribed reply) {
        away = false;
    }

    @Override
    public void left() {
        away = true;
    }

    @Override
    public void received(Received publication) {
        if (trail.published().of(publication.digest()).isEmpty()
                && !trail.published().isOpen(publication.digest())) {
            report(Kind.UNKNOWN, publication);
        } else if (publication.way() == Way.STRAY) {
            if (!away && trail.rules().repeats() == 0) {
                report(Kind.STRAY, publication);
            }
        } else if (!seen.add(publication.digest())) {
            repeats++;
            if (trail.rules().repeats() == 0) {
                report(Kind.REPEATED, publication);
            }
        }
    }

    private void report(Kind kind, Received publication) {
        trail.report(kind, publication.offset(), publication.at(), "");
    }

    @Override
    public void end(long at) {
        // Nothing was owed.
    }

    @Override
    public Verdict verdict() {
        return new Verdict(1, seen.size(), seen.size(), 0, 0, 0, repeats, List.of());
    }
}
