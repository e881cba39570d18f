package io.carillon.local.aws.sns;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;

/**
 * Accepts numbers within bounds.
 *
 * @param bounds one bound, or a lower and an upper one, all of which must hold
 */
record NumericRange(List<Bound> bounds) implements FilterCondition {

    private static final Set<String> LOWER = Set.of(">", ">=");
    private static final Set<String> UPPER = Set.of("<", "<=");

    /** Reads {@code ["=", 5]}, {@code [">", 0]} or {@code [">=", 0, "<", 10]}. */
    static NumericRange parse(JsonNode operand) {
        if (!operand.isArray() || (operand.size() != 2 && operand.size() != 4)) {
            throw FilterConditionReader.refused("numeric must hold one operator and number, or a range of two");
        }
        var first = bound(operand, 0);
        if (operand.size() == 2) {
            return new NumericRange(List.of(first));
        }
        var second = bound(operand, 2);
        if (!LOWER.contains(first.operator()) || !UPPER.contains(second.operator())) {
            throw FilterConditionReader.refused("a numeric range must go from > or >= to < or <=");
        }
        if (first.number().compareTo(second.number()) >= 0) {
            throw FilterConditionReader.refused("Bottom must be less than top");
        }
        return new NumericRange(List.of(first, second));
    }

    @Override
    public boolean accepts(List<JsonNode> values) {
        return values.stream()
                .filter(JsonNode::isNumber)
                .map(JsonNode::decimalValue)
                .anyMatch(value -> bounds.stream().allMatch(bound -> bound.holds(value)));
    }

    private static Bound bound(JsonNode operand, int index) {
        var operator = operand.path(index).asText();
        if (!operator.equals("=") && !LOWER.contains(operator) && !UPPER.contains(operator)) {
            throw FilterConditionReader.refused("Unrecognized numeric range operator: " + operator);
        }
        var number = operand.path(index + 1);
        if (!number.isNumber()) {
            throw FilterConditionReader.refused("Value of %s must be numeric".formatted(operator));
        }
        return new Bound(operator, FilterConditionReader.limited(number).decimalValue());
    }

    /** One side of a range. */
    record Bound(String operator, BigDecimal number) {

        boolean holds(BigDecimal value) {
            var order = value.compareTo(number);
            return switch (operator) {
                case "<" -> order < 0;
                case "<=" -> order <= 0;
                case ">" -> order > 0;
                case ">=" -> order >= 0;
                default -> order == 0;
            };
        }
    }
}
