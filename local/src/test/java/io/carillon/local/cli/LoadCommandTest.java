package io.carillon.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LoadCommandTest {

    @Test
    void shouldExitWithTwoWhenTheNumbersDoNotGoTogether() {
        assertThat(Main.run("load", "--channels", "2", "--subscriptions", "3")).isEqualTo(2);
    }

    @Test
    void shouldExitWithTwoWhenTheAddressIsNone() {
        assertThat(Main.run("load", "--url", "localhost:8000")).isEqualTo(2);
    }

    @Test
    void shouldExitWithOneWhenNothingAnswers() {
        assertThat(Main.run("load", "--url", "http://127.0.0.1:1")).isEqualTo(1);
    }
}
