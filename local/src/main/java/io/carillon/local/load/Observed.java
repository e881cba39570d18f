package io.carillon.local.load;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * All that a run saw, for the checker.
 *
 * @param attempts every publication
 * @param presence the client ids that the server says are in each channel after the run; a channel is missing if it
 *     was not asked
 * @param samples what the server said of presence during the run
 * @param struckAt when the slow and the dead became so, in nanoseconds from its start; empty if nobody did
 * @param endedAt when the run ended, in nanoseconds from its start
 */
record Observed(
        Rules rules,
        List<Attempt> attempts,
        List<ReadBack> readBacks,
        List<Witness> clients,
        Map<String, Set<String>> presence,
        List<PresenceSample> samples,
        OptionalLong struckAt,
        long endedAt) {

    /**
     * What the server owes its clients.
     *
     * @param history whether the channels have one; without it, nothing is owed but that what comes is right
     * @param window how many missed publications a recovery must be able to bring
     * @param repeats how many offsets back a repeat may reach; 0 if there may be none
     * @param faults whether deliveries fail, so that what is owed comes later
     * @param expires whether the clock jumps as far as the history lasts: then no recovery is owed, and one that is refused
     *     is not judged
     */
    record Rules(boolean history, long window, long repeats, boolean faults, boolean expires) {}

    /** What one client saw, in that order. */
    record Witness(String name, Condition condition, List<String> channels, List<Seen> events) {
        boolean isDead() {
            return condition == Condition.DEAD;
        }
    }
}
