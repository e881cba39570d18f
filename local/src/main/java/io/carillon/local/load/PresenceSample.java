package io.carillon.local.load;

import java.util.Set;

/**
 * What the server said of who was in a channel, at some moment of the run.
 *
 * @param askedAt when the call began, in nanoseconds from the start of the run
 * @param at when it was answered
 * @param clients the client ids that it named
 */
record PresenceSample(String channel, long askedAt, long at, Set<String> clients) {}
