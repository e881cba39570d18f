package io.carillon.local.aws.sns;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** One part of a filter policy: matches an object, or not. */
sealed interface FilterRule {

    boolean matches(JsonNode object);

    /** Matches when every rule does. */
    record AllOf(List<FilterRule> rules) implements FilterRule {

        @Override
        public boolean matches(JsonNode object) {
            return rules.stream().allMatch(rule -> rule.matches(object));
        }
    }

    /** Matches when one rule does: SNS's {@code $or}. */
    record AnyOf(List<FilterRule> rules) implements FilterRule {

        @Override
        public boolean matches(JsonNode object) {
            return rules.stream().anyMatch(rule -> rule.matches(object));
        }
    }

    /** Matches when the named property holds an object, or an array with an object, that the rule matches. */
    record Nested(String name, FilterRule rule) implements FilterRule {

        @Override
        public boolean matches(JsonNode object) {
            var value = object.path(name);
            return value.isArray() ? value.valueStream().anyMatch(rule::matches) : rule.matches(value);
        }
    }

    /** Matches when one condition accepts the named property's value, or one of the values of its array. */
    record Property(String name, List<FilterCondition> conditions) implements FilterRule {

        @Override
        public boolean matches(JsonNode object) {
            var value = object.path(name);
            var values = value.isArray()
                    ? value.valueStream().filter(JsonNode::isValueNode).toList()
                    : List.of(value).stream().filter(JsonNode::isValueNode).toList();
            return conditions.stream().anyMatch(condition -> condition.accepts(values));
        }
    }
}
