package io.carillon.push;

import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Keeps the topics that all devices of a user get. All reads are strongly consistent.
 *
 * <p>Safe for use by several threads and processes.
 */
public interface UserTopics {

    /** Lists a user's topics; those of an empty user are everybody's. */
    Set<String> of(String user);

    /**
     * Changes a user's topics.
     *
     * @param change may be asked more than once
     */
    void change(String user, UnaryOperator<Set<String>> change);
}
