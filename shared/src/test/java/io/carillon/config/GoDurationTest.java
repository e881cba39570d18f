package io.carillon.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoDurationTest {

    @ParameterizedTest
    @CsvSource({
        "0, PT0S",
        "0s, PT0S",
        "300s, PT5M",
        "1h30m, PT1H30M",
        "720h, PT720H",
        "1.5h, PT1H30M",
        ".5s, PT0.5S",
        "1.s, PT1S",
        "100ms, PT0.1S",
        "1h1m1s1ms1us1ns, PT1H1M1.001001001S",
        "5µs, PT0.000005S",
        "9223372036s, PT2562047H47M16S"
    })
    void shouldReadGosNotation(String text, Duration expected) {
        assertThat(GoDuration.parse(text)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "5",
                "s",
                "1 s",
                "1S",
                "1d",
                "-1s",
                "+1s",
                "1h 30m",
                "1s!",
                "..5s",
                "1e3s",
                "9223372037s",
                "PT5M"
            })
    void shouldFindNoneWhenTheTextIsNotADuration(String text) {
        assertThat(GoDuration.parse(text)).isEmpty();
    }
}
