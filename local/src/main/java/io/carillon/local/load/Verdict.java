package io.carillon.local.load;

import java.util.List;

/**
 * What the checker found.
 *
 * @param subscriptions how many subscriptions were followed from their first position to the channel's last offset
 * @param expected how many deliveries had to arrive
 * @param received how many of those arrived, each counted once
 * @param recovered how many publications came in replies to subscribe commands
 * @param recoveries how many subscribe commands were answered with {@code recovered: true}
 * @param beyondWindow how many were answered with {@code recovered: false} rightly, for having missed too much
 * @param repeats how many deliveries were allowed repeats
 */
record Verdict(
        int subscriptions,
        long expected,
        long received,
        long recovered,
        long recoveries,
        long beyondWindow,
        long repeats,
        List<Breach> breaches) {

    boolean passed() {
        return breaches.isEmpty();
    }

    long count(Breach.Kind kind) {
        return breaches.stream().filter(breach -> breach.kind() == kind).count();
    }
}
