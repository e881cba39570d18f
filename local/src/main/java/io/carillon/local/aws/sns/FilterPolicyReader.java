package io.carillon.local.aws.sns;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the structure of a filter policy, and counts its keys and combinations against SNS's limits.
 *
 * @see <a href="https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html">Constraints</a>
 * @see <a href="https://docs.aws.amazon.com/sns/latest/dg/and-or-logic.html">AND/OR logic</a>
 */
final class FilterPolicyReader {

    private static final int MAX_KEYS = 5;
    private static final int MAX_COMBINATIONS = 150;
    private static final String OR = "$or";

    /** A field of one of these names inside {@code $or} makes it an ordinary attribute name. */
    private static final Set<String> KEYWORDS =
            Set.of("anything-but", "cidr", "equals-ignore-case", "exists", "numeric", "prefix", "suffix", "wildcard");

    private final FilterPolicyScope scope;

    FilterPolicyReader(FilterPolicyScope scope) {
        this.scope = scope;
    }

    FilterRule read(ObjectNode policy) {
        var parsed = object(policy, 1);
        if (parsed.keys() > MAX_KEYS) {
            throw SnsException.invalidParameter("FilterPolicy: Filter policy can not have more than 5 keys");
        }
        if (parsed.combinations() > MAX_COMBINATIONS) {
            throw SnsException.invalidParameter("FilterPolicy: Filter policy is too complex");
        }
        return parsed.rule();
    }

    private Part object(ObjectNode policy, int depth) {
        var rules = new ArrayList<FilterRule>();
        var keys = 0;
        var combinations = 1L;
        for (var field : policy.properties()) {
            var part = field(field, depth);
            rules.add(part.rule());
            keys += part.keys();
            combinations *= part.combinations();
        }
        return new Part(new FilterRule.AllOf(List.copyOf(rules)), keys, combinations);
    }

    private Part field(Map.Entry<String, JsonNode> field, int depth) {
        var name = field.getKey();
        return switch (field.getValue()) {
            case ArrayNode alternatives when name.equals(OR) && isOr(alternatives) -> or(alternatives, depth);
            case ArrayNode conditions -> property(name, conditions, depth);
            case ObjectNode nested
            when scope == FilterPolicyScope.MESSAGE_BODY && !nested.isEmpty() -> {
                var inner = object(nested, depth + 1);
                yield new Part(new FilterRule.Nested(name, inner.rule()), inner.keys(), inner.combinations());
            }
            case ObjectNode nested
            when scope == FilterPolicyScope.MESSAGE_ATTRIBUTES ->
                throw SnsException.invalidParameter(
                        "FilterPolicy: Filter policy scope MessageAttributes does not support nested filter policy");
            default ->
                throw SnsException.invalidParameter(
                        "FilterPolicy: \"%s\" must be an object or an array".formatted(name));
        };
    }

    private static Part property(String name, ArrayNode conditions, int depth) {
        if (conditions.isEmpty()) {
            throw SnsException.invalidParameter("FilterPolicy: Empty arrays are not allowed");
        }
        var read = conditions.valueStream().map(FilterConditionReader::read).toList();
        return new Part(new FilterRule.Property(name, read), 1, (long) conditions.size() * depth);
    }

    private Part or(ArrayNode alternatives, int depth) {
        var parts = alternatives
                .valueStream()
                .map(alternative -> object((ObjectNode) alternative, depth))
                .toList();
        return new Part(
                new FilterRule.AnyOf(parts.stream().map(Part::rule).toList()),
                parts.stream().mapToInt(Part::keys).max().orElseThrow(),
                parts.stream().mapToLong(Part::combinations).sum());
    }

    private static boolean isOr(ArrayNode alternatives) {
        return alternatives.size() >= 2
                && alternatives
                        .valueStream()
                        .allMatch(alternative -> alternative instanceof ObjectNode object
                                && !object.isEmpty()
                                && object.propertyStream().noneMatch(field -> KEYWORDS.contains(field.getKey())));
    }

    private record Part(FilterRule rule, int keys, long combinations) {}
}
