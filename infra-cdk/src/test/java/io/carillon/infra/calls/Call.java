package io.carillon.infra.calls;

/**
 * A call that a function makes to AWS, as a policy would allow it.
 *
 * @param action as in {@code dynamodb:GetItem}
 * @param resource what it is made on: a table such as {@code channels}, an index such as {@code connections/user}, or
 *     a word for the one thing of its kind
 */
public record Call(String action, String resource) implements Comparable<Call> {

    @Override
    public int compareTo(Call other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return action + " on " + resource;
    }
}
