package io.carillon.local.files;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrictYamlTest {

    /** A colour. */
    enum Colour {
        @JsonProperty("dark_red")
        DARK_RED,
        @JsonProperty("blue")
        BLUE
    }

    /** A thing. */
    record Thing(double size, long count, String name, Colour colour) {
        Thing {
            if (size < 0) {
                throw new IllegalArgumentException("size must be 0 or more, not " + size);
            }
        }
    }

    /** The whole file. */
    record Things(Map<Colour, Thing> things, double sum) {}

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            size: 1      | size: -1      | line 4: things.blue: size must be 0 or more, not -1.0
            size: 1      | size: big     | line 5: things.blue.size must be a number, not 'big'
            count: 2     | count: 2.5x   | line 6: things.blue.count must be a whole number, not '2.5x'
            count: 2     | cuont: 2      | line 4: things.blue.count is missing
            sum: 3       | weight: 3     | line 2: sum is missing
            colour: blue | colour: green | line 8: things.blue.colour must be one of dark_red, blue, not 'green'
            name: bell   | # no name     | line 4: things.blue.name is missing
            blue:        | green:        | line 4: things: unknown key 'green': the keys are blue, dark_red
            sum: 3       | sum: [3]      | line 2: sum must be a number
            sum: 3       | sum: [3       | line 3:
            sum: 3       | sum: 3, x: 4  | line 2:
            """)
    void shouldNameTheLineTheKeyAndWhatIsAllowed(String right, String wrong, String problem) {
        // Given
        String text = """
                # things
                sum: 3
                things:
                  blue:
                    size: 1
                    count: 2
                    name: bell
                    colour: blue
                """.replace(right, wrong);

        // When / Then
        assertThatThrownBy(() -> StrictYaml.read(text, "things.yaml", Things.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("things.yaml " + problem)
                .hasMessageNotContaining("io.carillon")
                .hasMessageNotContaining("creator");
    }

    @Test
    void shouldNameTheLineOfAKeyThatDoesNotExist() {
        String text = "sum: 3\nthings:\n  blue: {size: 1, count: 2, name: bell, colour: blue,\n    weight: 9}\n";

        assertThatThrownBy(() -> StrictYaml.read(text, "things.yaml", Things.class))
                .hasMessage(
                        "things.yaml line 4: things.blue: unknown key 'weight': the keys are colour, count, name, size");
    }
}
