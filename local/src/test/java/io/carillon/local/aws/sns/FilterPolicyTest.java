package io.carillon.local.aws.sns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Examples follow the pages of the SNS developer guide on string, numeric and key matching. */
class FilterPolicyTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # policy                                            | attribute's type | its value               | matches
            {"a": ["rugby", "tennis"]}                          | String           | rugby                   | true
            {"a": ["rugby", "tennis"]}                          | String           | Rugby                   | false
            {"a": ["rugby", "tennis"]}                          | String.Array     | ["golf", "tennis"]      | true
            {"a": ["rugby", "tennis"]}                          | String.Array     | ["golf"]                | false
            {"a": ["rugby"]}                                    | Binary           | cnVnYnk=                | false
            {"a": [{"prefix": "bas"}]}                          | String           | baseball                | true
            {"a": [{"prefix": "bas"}]}                          | String           | rugby                   | false
            {"a": [{"suffix": "ball"}]}                         | String           | baseball                | true
            {"a": [{"suffix": "ball"}]}                         | String           | ballet                  | false
            {"a": [{"equals-ignore-case": "tennis"}]}           | String           | TENnis                  | true
            {"a": [{"equals-ignore-case": "tennis"}]}           | String           | tenniss                 | false
            {"a": [{"anything-but": ["rugby", "tennis"]}]}      | String           | baseball                | true
            {"a": [{"anything-but": ["rugby", "tennis"]}]}      | String           | rugby                   | false
            {"a": [{"anything-but": ["rugby", "tennis"]}]}      | String.Array     | ["rugby", "baseball"]   | true
            {"a": [{"anything-but": ["rugby", "tennis"]}]}      | String.Array     | ["rugby"]               | false
            {"a": [{"anything-but": "rugby"}]}                  | String           | rugby                   | false
            {"a": [{"anything-but": [100, 500]}]}               | Number           | 101                     | true
            {"a": [{"anything-but": [100, 500]}]}               | Number           | 100.0                   | false
            {"a": [{"anything-but": {"prefix": "bas"}}]}        | String           | rugby                   | true
            {"a": [{"anything-but": {"prefix": "bas"}}]}        | String           | baseball                | false
            {"a": [{"cidr": "10.0.0.0/24"}]}                    | String           | 10.0.0.255              | true
            {"a": [{"cidr": "10.0.0.0/24"}]}                    | String           | 10.1.1.0                | false
            {"a": [{"cidr": "2001:db8::/32"}]}                  | String           | 2001:db8:1::7           | true
            {"a": [{"cidr": "10.0.0.0/24"}]}                    | String           | no address              | false
            {"a": [301.5]}                                      | Number           | 301.50                  | true
            {"a": [301.5]}                                      | String           | 301.5                   | false
            {"a": [{"numeric": ["=", 301.5]}]}                  | Number           | 3.015e2                 | true
            {"a": [{"numeric": ["<", 0]}]}                      | Number           | -1                      | true
            {"a": [{"numeric": [">", 0, "<=", 150]}]}           | Number           | 150                     | true
            {"a": [{"numeric": [">", 0, "<=", 150]}]}           | Number           | 0                       | false
            {"a": [{"numeric": [">=", 5]}]}                     | String           | 7                       | false
            {"a": [{"exists": true}]}                           | String           | anything                | true
            {"b": [{"exists": true}]}                           | String           | anything                | false
            {"b": [{"exists": false}]}                          | String           | anything                | true
            {"a": [{"exists": false}, "rugby"]}                 | String           | rugby                   | true
            {"a": ["rugby"], "b": ["x"]}                        | String           | rugby                   | false
            {"$or": [{"b": ["x"]}, {"a": ["rugby"]}]}           | String           | rugby                   | true
            {"$or": [{"b": ["x"]}, {"a": ["golf"]}]}            | String           | rugby                   | false
            {"b": ["x"], "$or": [{"a": ["rugby"]}, {"c": [1]}]} | String           | rugby                   | false
            {"b": [{"anything-but": ["x"]}]}                    | String           | rugby                   | false
            {"a": [true, null]}                                 | String.Array     | [null]                  | true
            {}                                                  | String           | rugby                   | true
            """)
    void shouldMatchAttributesAsSnsDoes(String policy, String type, String value, boolean matches) {
        // Given
        var notification = notification("hello", Map.of("a", new NotificationAttribute(type, value)));

        // When
        var accepted =
                FilterPolicy.parse(policy, FilterPolicyScope.MESSAGE_ATTRIBUTES).accepts(notification);

        // Then
        assertThat(accepted).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # policy                                            | body                                     | matches
            {"store": ["shop"]}                                 | {"store": "shop"}                        | true
            {"order": {"total": [{"numeric": [">", 10]}]}}      | {"order": {"total": 11}}                 | true
            {"order": {"total": [{"numeric": [">", 10]}]}}      | {"order": {"total": 9}}                  | false
            {"order": {"total": [{"numeric": [">", 10]}]}}      | {"total": 11}                            | false
            {"items": {"sku": ["b"]}}                           | {"items": [{"sku": "a"}, {"sku": "b"}]}  | true
            {"order": [{"exists": true}]}                       | {"order": {"total": 11}}                 | false
            {"order": {"total": [{"exists": false}]}}           | {"order": {}}                            | true
            {"paid": [true]}                                    | {"paid": true}                           | true
            {"paid": [true]}                                    | {"paid": "true"}                         | false
            {"paid": [null]}                                    | {"paid": null}                           | true
            {"order": {"$or": [{"a": [1]}, {"b": [2]}]}}        | {"order": {"b": 2}}                      | true
            {"store": ["shop"]}                                 | not json                                 | false
            {"store": ["shop"]}                                 | ["store"]                                | false
            {}                                                  | not json                                 | true
            """)
    void shouldMatchBodyAsSnsDoes(String policy, String body, boolean matches) {
        assertThat(FilterPolicy.parse(policy, FilterPolicyScope.MESSAGE_BODY).accepts(notification(body, Map.of())))
                .isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # policy                                                                | part of the refusal
            not json                                                                | failed to parse JSON
            []                                                                      | must be a JSON object
            {"a": "rugby"}                                                          | must be an object or an array
            {"a": []}                                                               | Empty arrays
            {"a": {"b": ["x"]}}                                                     | does not support nested
            {"a": [{"suffixx": "x"}]}                                               | Unrecognized match type suffixx
            {"a": [{"prefix": 1}]}                                                  | prefix match pattern
            {"a": [{"exists": "yes"}]}                                              | exists match pattern
            {"a": [{"numeric": ["~", 1]}]}                                          | Unrecognized numeric range operator
            {"a": [{"numeric": [">", 5, "<", 5]}]}                                  | Bottom must be less than top
            {"a": [{"numeric": ["=", 2000000000]}]}                                 | between -1.0E9 and 1.0E9
            {"a": [{"anything-but": {"suffix": "x"}}]}                              | anything-but
            {"a": [{"cidr": "10.0.0.0"}]}                                           | Malformed CIDR
            {"a": [{"cidr": "10.0.0.0/33"}]}                                        | Malformed CIDR
            {"a": [1], "b": [1], "c": [1], "d": [1], "e": [1], "f": [1]}            | more than 5 keys
            {"a": [1,2,3,4,5,6], "b": [1,2,3,4,5,6], "c": [1,2,3,4,5,6]}            | too complex
            """)
    void shouldRefusePolicyThatSnsRefuses(String policy, String reason) {
        assertThatThrownBy(() -> FilterPolicy.parse(policy, FilterPolicyScope.MESSAGE_ATTRIBUTES))
                .isInstanceOf(SnsException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void shouldTakeOrAsAttributeNameWhenItHoldsNoAlternatives() {
        // Given
        var policy = FilterPolicy.parse("{\"$or\": [\"x\"]}", FilterPolicyScope.MESSAGE_ATTRIBUTES);

        // When, Then
        assertThat(policy.accepts(notification("", Map.of("$or", new NotificationAttribute("String", "x")))))
                .isTrue();
        assertThat(policy.accepts(notification("", Map.of()))).isFalse();
    }

    private static Notification notification(String message, Map<String, NotificationAttribute> attributes) {
        return new Notification(
                "id", "arn:aws:sns:us-east-1:000000000000:events", "", message, attributes, "", Instant.EPOCH);
    }
}
