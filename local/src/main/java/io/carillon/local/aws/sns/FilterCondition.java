package io.carillon.local.aws.sns;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Predicate;

/** Accepts the values of a property: none if it is absent, several if it is an array. */
interface FilterCondition {

    boolean accepts(List<JsonNode> values);

    /** Accepts values of which one has what is asked for. */
    static FilterCondition one(Predicate<JsonNode> wanted) {
        return values -> values.stream().anyMatch(wanted);
    }

    /** Accepts values of which one is a string that has what is asked for. */
    static FilterCondition oneText(Predicate<String> wanted) {
        return one(value -> value.isTextual() && wanted.test(value.textValue()));
    }

    static FilterCondition exists(boolean wanted) {
        return values -> values.isEmpty() != wanted;
    }

    static FilterCondition equalTo(JsonNode wanted) {
        return one(value -> same(value, wanted));
    }

    /** Accepts values of which one is none of the unwanted. */
    static FilterCondition anythingBut(List<JsonNode> unwanted) {
        return one(value -> unwanted.stream().noneMatch(other -> same(value, other)));
    }

    private static boolean same(JsonNode first, JsonNode second) {
        return first.isNumber() && second.isNumber()
                ? first.decimalValue().compareTo(second.decimalValue()) == 0
                : first.equals(second);
    }
}
