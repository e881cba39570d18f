package io.carillon.local.load;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;

/** What becomes of a client in the last part of a run. */
enum Condition {
    /** Nothing. */
    HEALTHY,
    /** It stops reading until the last publication, and is owed all it missed then. */
    SLOW,
    /** It is no more, and nobody tells: what is posted to it is answered with 410. It is owed nothing. */
    DEAD;

    /** Says who is what, by the seed: the order in which clients connect must not decide it. */
    static List<Condition> ofClients(Scenario scenario) {
        int healthy = scenario.clients() - scenario.slow() - scenario.dead();
        List<Condition> all = new ArrayList<>(scenario.clients());
        all.addAll(Collections.nCopies(healthy, HEALTHY));
        all.addAll(Collections.nCopies(scenario.slow(), SLOW));
        all.addAll(Collections.nCopies(scenario.dead(), DEAD));
        Collections.shuffle(all, new Random(scenario.seed()));
        return all;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What the clients of a run that are in it call themselves, so that faults find them. */
    String agent(String run) {
        return "carillon-load/" + run + "-" + label();
    }

    /** Gives the fault that puts so many clients of a run into it. */
    Optional<String> fault(String run, int count) {
        if (count == 0) {
            return Optional.empty();
        }
        return switch (this) {
            case HEALTHY -> Optional.empty();
            case SLOW -> Optional.of("stop-reading connections=" + count + " for=1d agent=" + agent(run));
            case DEAD -> Optional.of("gone agent=" + agent(run));
        };
    }
}
