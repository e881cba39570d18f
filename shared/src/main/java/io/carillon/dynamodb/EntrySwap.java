package io.carillon.dynamodb;

import static io.carillon.dynamodb.Items.n;
import static io.carillon.dynamodb.Items.s;

import io.carillon.connection.Entry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * Builds the update that replaces one entry in a connection's row. Its condition looks at this entry alone, so that
 * commands for different channels do not fail each other.
 */
final class EntrySwap {

    /** An expression holds at most 4 KB; what is not forgotten now is forgotten by a later swap. */
    private static final int MAX_FORGOTTEN = 20;

    private final Map<String, String> names = new HashMap<>(Items.names("subscriptions", Tables.TTL));
    private final Map<String, AttributeValue> values = new HashMap<>();
    private final List<String> conditions = new ArrayList<>();
    private final List<String> removals = new ArrayList<>();

    EntrySwap(String channel, Optional<Entry> before, AttributeValue after, long now) {
        names.put("#ch", channel);
        values.put(":after", after);
        values.put(":now", n(now));
        conditions.add("#ttl > :now");
        before.ifPresentOrElse(this::requireEntry, () -> conditions.add("attribute_not_exists(#subscriptions.#ch)"));
    }

    /** Drops the entries of other channels too, provided that they have been left. */
    EntrySwap forgetting(Set<String> channels) {
        for (String channel : channels) {
            if (removals.size() == MAX_FORGOTTEN || channel.equals(names.get("#ch"))) {
                continue;
            }
            String placeholder = "#f" + removals.size();
            names.put(placeholder, channel);
            names.put("#s", "s");
            values.put(":left", s(Entry.State.LEFT.name()));
            String path = "#subscriptions." + placeholder;
            conditions.add("(attribute_not_exists(" + path + ") OR " + path + ".#s = :left)");
            removals.add(path);
        }
        return this;
    }

    UpdateItemRequest.Builder request() {
        String removal = removals.isEmpty() ? "" : " REMOVE " + String.join(", ", removals);
        return UpdateItemRequest.builder()
                .updateExpression("SET #subscriptions.#ch = :after" + removal)
                .conditionExpression(String.join(" AND ", conditions))
                .expressionAttributeNames(names)
                .expressionAttributeValues(values);
    }

    private void requireEntry(Entry before) {
        ConnectionItem.entryAttributes(before).forEach((name, value) -> {
            names.put("#" + name, name);
            values.put(":" + name, value);
            conditions.add("#subscriptions.#ch.#" + name + " = :" + name);
        });
    }
}
