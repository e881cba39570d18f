package io.carillon.local.aws.sns;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * Reads one condition of a filter policy's array.
 *
 * @see <a href="https://docs.aws.amazon.com/sns/latest/dg/string-value-matching.html">String value matching</a>
 * @see <a href="https://docs.aws.amazon.com/sns/latest/dg/numeric-value-matching.html">Numeric value matching</a>
 */
final class FilterConditionReader {

    private static final BigDecimal NUMBER_LIMIT = new BigDecimal("1000000000");

    private FilterConditionReader() {}

    static FilterCondition read(JsonNode condition) {
        if (condition.isValueNode()) {
            return FilterCondition.equalTo(limited(condition));
        }
        if (!(condition instanceof ObjectNode object) || object.size() != 1) {
            throw refused("a condition must be a value, or an object with one operator");
        }
        var operator = object.properties().iterator().next();
        return operator(operator.getKey(), operator.getValue());
    }

    private static FilterCondition operator(String name, JsonNode operand) {
        return switch (name) {
            case "prefix" -> FilterCondition.oneText(startsWith(text(name, operand)));
            case "suffix" -> {
                var suffix = text(name, operand);
                yield FilterCondition.oneText(value -> value.endsWith(suffix));
            }
            case "equals-ignore-case" -> {
                var wanted = text(name, operand).toLowerCase(Locale.ROOT);
                yield FilterCondition.oneText(
                        value -> value.toLowerCase(Locale.ROOT).equals(wanted));
            }
            case "cidr" -> FilterCondition.oneText(AddressBlock.parse(text(name, operand))::contains);
            case "exists" -> FilterCondition.exists(flag(operand));
            case "numeric" -> NumericRange.parse(operand);
            case "anything-but" -> anythingBut(operand);
            default -> throw refused("Unrecognized match type " + name);
        };
    }

    private static FilterCondition anythingBut(JsonNode operand) {
        return switch (operand) {
            case ObjectNode object
            when object.size() == 1 && object.has("prefix") ->
                FilterCondition.oneText(
                        startsWith(text("prefix", object.path("prefix"))).negate());
            case JsonNode value
            when value.isTextual() || value.isNumber() -> FilterCondition.anythingBut(List.of(limited(value)));
            case JsonNode values
            when values.isArray() && (all(values, JsonNode::isTextual) || all(values, JsonNode::isNumber)) ->
                FilterCondition.anythingBut(
                        values.valueStream().map(FilterConditionReader::limited).toList());
            default ->
                throw refused("Value of anything-but must be a string, a number, an array of either, or a prefix");
        };
    }

    private static boolean all(JsonNode array, Predicate<JsonNode> kind) {
        return !array.isEmpty() && array.valueStream().allMatch(kind);
    }

    private static Predicate<String> startsWith(String prefix) {
        return value -> value.startsWith(prefix);
    }

    private static String text(String name, JsonNode operand) {
        if (!operand.isTextual() || operand.textValue().isEmpty()) {
            throw refused(name + " match pattern must be a non-empty string");
        }
        return operand.textValue();
    }

    private static boolean flag(JsonNode operand) {
        if (!operand.isBoolean()) {
            throw refused("exists match pattern must be either true or false");
        }
        return operand.booleanValue();
    }

    static JsonNode limited(JsonNode value) {
        if (value.isNumber() && value.decimalValue().abs().compareTo(NUMBER_LIMIT) > 0) {
            throw refused("Value must be between -1.0E9 and 1.0E9, inclusive");
        }
        return value;
    }

    static SnsException refused(String reason) {
        return SnsException.invalidParameter("FilterPolicy: " + reason);
    }
}
