package io.carillon.local.eventsource;

import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

/**
 * Lets one batch at a time have a message group. The queue sees to that itself while messages are hidden; this holds when
 * an invocation outlives the visibility timeout. Safe for use by several threads.
 */
final class GroupLocks {

    private final Set<String> held = new HashSet<>();

    /** Waits until no batch has any of the groups, then takes them all at once, so that no two batches block each other. */
    synchronized void acquire(Set<String> groups) throws InterruptedException {
        while (!Collections.disjoint(held, groups)) {
            wait();
        }
        held.addAll(groups);
    }

    synchronized void release(Set<String> groups) {
        held.removeAll(groups);
        notifyAll();
    }
}
