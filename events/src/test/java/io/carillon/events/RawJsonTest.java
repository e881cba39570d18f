package io.carillon.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RawJsonTest {

    record Holder(String channel, RawJson data, long offset) {
        Holder {
            data = data == null ? RawJson.NONE : data;
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.0",
                "1e400",
                "-0",
                "12345678901234567890123456789",
                "\"a\\u00e9\\/\"",
                "\"\"",
                "{\"b\" : 1.10, \"a\":[1,  2], \"a\":3}",
                "[]",
                "true",
                "null",
                "\"é😀\"",
            })
    void shouldKeepTextByteForByte(String value) {
        // Given
        String text = "{\"channel\":\"é\", \"data\": " + value + " ,\"offset\":7}";

        // When
        Holder holder = Json.read(text, Holder.class);

        // Then
        assertThat(holder.data().text()).isEqualTo(value);
        assertThat(holder.offset()).isEqualTo(7);
        assertThat(Json.write(holder)).isEqualTo("{\"channel\":\"é\",\"data\":" + value + ",\"offset\":7}");
    }

    @Test
    void shouldKeepTextBeyondTheParsersBuffer() {
        // Given
        String value = "[" + "\"x\", ".repeat(50_000) + "1.50]";

        // When
        Holder holder = Json.read("{\"data\":" + value + "}", Holder.class);

        // Then
        assertThat(holder.data().text()).isEqualTo(value);
    }

    @Test
    void shouldTurnLineBreaksBetweenTokensIntoSpaces() {
        assertThat(Json.read("{\"data\":{\"a\":\r\n1}}", Holder.class).data().text())
                .isEqualTo("{\"a\":  1}");
    }

    @Test
    void shouldTellAbsentFromNull() {
        assertThat(Json.read("{}", Holder.class).data()).isEqualTo(RawJson.NONE);
        assertThat(Json.write(new Holder("c", RawJson.NONE, 0))).isEqualTo("{\"channel\":\"c\"}");
    }

    @Test
    void shouldRefuseNestingMadeToExhaustTheStack() {
        String bomb = "[".repeat(100_000);
        assertThatThrownBy(() -> Json.read("{\"data\":" + bomb, Holder.class)).isInstanceOf(MalformedJson.class);
    }
}
