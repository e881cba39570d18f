package io.carillon.local.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class DurationsTest {

    private final Durations durations = new Durations();

    @Test
    void shouldAddUpTheParts() {
        assertThat(durations.convert("1h30m")).isEqualTo(Duration.ofMinutes(90));
        assertThat(durations.convert("7d")).isEqualTo(Duration.ofDays(7));
        assertThat(durations.convert("106751d")).isEqualTo(Duration.ofDays(106_751));
    }

    @ParameterizedTest
    @ValueSource(strings = {"106752d", "9223372036854775807d", "99999999999999999999s", "100000d100000d"})
    void shouldRefuseWhatIsLongerThan292Years(String text) {
        assertThatThrownBy(() -> durations.convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessage("'" + text + "' is longer than 292 years");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "90", "s", "1h 30m", "-1s"})
    void shouldRefuseWhatIsNoDuration(String text) {
        assertThatThrownBy(() -> durations.convert(text))
                .isInstanceOf(TypeConversionException.class)
                .hasMessageContaining("write 90s, 15m, 1h or 7d");
    }
}
