package io.carillon.dynamodb;

import static io.carillon.dynamodb.DynamoDbConnections.MARK;
import static io.carillon.dynamodb.Items.n;
import static io.carillon.dynamodb.Items.s;
import static io.carillon.dynamodb.Items.text;

import io.carillon.connection.Connections.Change;
import io.carillon.connection.Entry;
import io.carillon.connection.EntryLimit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * Builds the update that replaces entries in a connection's row: all of them, or none. Its condition looks at these
 * entries, and at how many there are if that is limited, so that commands for different channels do not fail each other
 * while there is room for all.
 *
 * <p>An expression holds at most 4 KB and 300 operators and functions. Placeholders are short for its sake.
 *
 * <p>Source: "Constraints in Amazon DynamoDB", expression parameters.
 */
final class EntrySwap {

    private static final int MAX_LENGTH = 4096;
    private static final int MAX_OPERATORS = 300;

    /** What is not forgotten now is forgotten by a later swap. */
    private static final int MAX_FORGOTTEN = 20;

    private static final int ENTRY_FIELDS = 6;

    /** The most that an entry adds to the condition: for one that is new, and for one that replaces another. */
    private static final int NEW_LENGTH = "attribute_not_exists(#m.#c999) AND ".length();

    private static final int REPLACED_LENGTH = ENTRY_FIELDS * "#m.#c999.#x=:x999 AND ".length();

    private final Map<String, String> names = new HashMap<>(Map.of("#m", "subscriptions", "#ttl", Tables.TTL));
    private final Map<String, AttributeValue> values = new HashMap<>();
    private final List<String> conditions = new ArrayList<>();
    private final List<String> assignments = new ArrayList<>();
    private final List<String> removals = new ArrayList<>();
    private final Set<String> forgotten = new HashSet<>();
    private final Set<String> channels = new LinkedHashSet<>();
    private final String mark;
    private final EntryLimit limit;
    private int added;
    private int length;
    private int operators;

    /**
     * Starts with no entry.
     *
     * @param mark written into each entry, to know it by
     * @param now in seconds since 1970; a row that has expired is not changed
     * @param limit how many entries there may be then
     */
    EntrySwap(String mark, long now, EntryLimit limit) {
        this.mark = mark;
        this.limit = limit;
        values.put(":now", n(now));
        require("#ttl > :now", 2);
        if (limit.isSet()) {
            require("size(#m)<=:most", 3);
            limit.spared().forEach(this::requireLeft);
        }
    }

    private void requireLeft(String channel) {
        String placeholder = "#l" + names.size();
        names.put(placeholder, channel);
        names.put("#s", "s");
        values.put(":left", s(Entry.State.LEFT.name()));
        require("#m." + placeholder + ".#s=:left", 2);
    }

    /** Drops entries too, provided that they have been left. */
    void forget(Set<String> left, Set<String> changed) {
        for (String channel : left) {
            if (removals.size() == MAX_FORGOTTEN || changed.contains(channel)) {
                continue;
            }
            String placeholder = "#f" + removals.size();
            names.put(placeholder, channel);
            names.put("#s", "s");
            values.put(":left", s(Entry.State.LEFT.name()));
            String path = "#m." + placeholder;
            require("(attribute_not_exists(" + path + ") OR " + path + ".#s = :left)", 4);
            removals.add(path);
            forgotten.add(channel);
        }
    }

    /** The channels of the entries that it drops. */
    Set<String> forgotten() {
        return forgotten;
    }

    boolean hasRoomFor(Change change) {
        boolean isNew = change.before().isEmpty();
        return length + (isNew ? NEW_LENGTH : REPLACED_LENGTH) <= MAX_LENGTH
                && operators + (isNew ? 2 : 2 * ENTRY_FIELDS) <= MAX_OPERATORS;
    }

    void add(Change change) {
        int place = channels.size();
        String path = "#m.#c" + place;
        names.put("#c" + place, change.channel());
        change.before().ifPresentOrElse(before -> requireEntry(path, place, before), () -> requireNone(path));
        Map<String, AttributeValue> after =
                new HashMap<>(ConnectionItem.entry(change.after()).m());
        after.put(MARK, s(mark));
        values.put(":a" + place, AttributeValue.fromM(after));
        assignments.add(path + "=:a" + place);
        channels.add(change.channel());
    }

    /** The channels of the entries that it replaces. */
    Set<String> channels() {
        return channels;
    }

    /** Whether a row that does not meet the condition is one that this update has written before. */
    boolean hasWritten(Map<String, AttributeValue> row) {
        AttributeValue subscriptions = row.get("subscriptions");
        return subscriptions != null
                && channels.stream()
                        .map(subscriptions.m()::get)
                        .anyMatch(
                                entry -> entry != null && text(entry.m(), MARK).equals(mark));
    }

    UpdateItemRequest.Builder request() {
        if (limit.isSet()) {
            // An update sees the row as it is before, and all that is added comes on top.
            values.put(":most", n((long) limit.most() + limit.spared().size() - added));
        }
        String removal = removals.isEmpty() ? "" : " REMOVE " + String.join(", ", removals);
        String assignment = assignments.isEmpty() ? "" : "SET " + String.join(",", assignments);
        return UpdateItemRequest.builder()
                .updateExpression((assignment + removal).strip())
                .conditionExpression(String.join(" AND ", conditions))
                .expressionAttributeNames(names)
                .expressionAttributeValues(values);
    }

    private void requireNone(String path) {
        added++;
        require("attribute_not_exists(" + path + ")", 2);
    }

    private void requireEntry(String path, int place, Entry before) {
        ConnectionItem.entryAttributes(before).forEach((name, value) -> {
            names.put("#" + name, name);
            values.put(":" + name + place, value);
            require(path + ".#" + name + "=:" + name + place, 2);
        });
    }

    /** Counts the AND that joins it to the next one, too. */
    private void require(String condition, int withOperators) {
        conditions.add(condition);
        length += condition.length() + " AND ".length();
        operators += withOperators;
    }
}
