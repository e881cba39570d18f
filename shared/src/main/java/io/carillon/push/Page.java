package io.carillon.push;

import java.util.List;

/**
 * A part of a list.
 *
 * @param next where the next part begins; empty if there is none
 */
public record Page<T>(List<T> items, String next) {

    public Page {
        items = List.copyOf(items);
    }

    public boolean hasMore() {
        return !next.isEmpty();
    }
}
