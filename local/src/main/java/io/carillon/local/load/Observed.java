package io.carillon.local.load;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that a run saw, for the checker.
 *
 * @param attempts every call of publish
 * @param presence the client ids that the server says are in each channel after the run; a channel is missing if it
 *     was not asked
 * @param window how many missed publications a recovery must be able to bring
 * @param endedAt when the run ended, in nanoseconds from its start
 */
record Observed(
        List<Attempt> attempts, List<Witness> clients, Map<String, Set<String>> presence, long window, long endedAt) {

    /** What one client saw, in that order. */
    record Witness(String name, List<String> channels, List<Seen> events) {}
}
