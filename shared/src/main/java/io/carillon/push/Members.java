package io.carillon.push;

import java.util.List;

/**
 * Keeps who belongs to a channel, connected or not.
 *
 * <p>Safe for use by several threads and processes.
 */
public interface Members {

    void add(String channel, List<String> users);

    void remove(String channel, List<String> users);

    /** Lists members in order, after {@code since}. */
    Page<String> of(String channel, String since, int limit);
}
