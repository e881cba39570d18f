package io.carillon.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteSelectionTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "$request.body.action         | {\"action\":\"join\"}                  | join",
                "$request.body.a.b            | {\"a\":{\"b\":\"deep\"}}               | deep",
                "$request.body.a[1]           | {\"a\":[\"x\",\"y\"]}                  | y",
                "$request.body.action         | {\"action\":7}                         | 7",
                "$request.body.action         | {\"action\":true}                      | true",
                "$request.body.action         | {\"action\":[\"item1\",\"item2\"]}     | [item1, item2]",
                "$request.body.action         | {\"other\":1}                          | ''",
                "$request.body.action         | {\"action\":null}                      | ''",
                "$request.body.action         | [1,2]                                  | ''",
                "$request.body.action         | 5                                      | ''",
                "${request.body.s}/${request.body.a} | {\"s\":\"chat\",\"a\":\"join\"} | chat/join",
                "v1-${request.body.a}         | {\"a\":\"join\"}                       | v1-join"
            })
    void shouldComputeTheRouteKey(String expression, String message, String key) {
        assertThat(RouteSelection.parse(expression).evaluate(message)).contains(key);
    }

    @Test
    void shouldGiveNoKeyWhenTheMessageIsNotJson() {
        assertThat(RouteSelection.parse("$request.body.action").evaluate("hello"))
                .isEmpty();
        assertThat(RouteSelection.parse("$request.body.action").evaluate("{\"action\":\"a\"} x"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"action", "$request.body", "$request.body.", "${request.header.x}", "$request.body.a[x]"})
    void shouldRefuseAnExpressionThatNamesNoFieldOfTheMessage(String expression) {
        assertThatThrownBy(() -> RouteSelection.parse(expression))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("$request.body.action");
    }
}
