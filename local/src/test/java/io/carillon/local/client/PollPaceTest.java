package io.carillon.local.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.local.client.PollClient.Intervals;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PollPaceTest {

    private final PollPace pace = new PollPace(new Intervals(Duration.ofMillis(500), Duration.ofMillis(5_000)));

    private long millis() {
        return pace.next().toMillis();
    }

    @Test
    void shouldAskSoonAfterAFrameAndThenEverMoreSeldom() {
        // When
        pace.sent();

        // Then
        assertThat(millis()).isEqualTo(100);
        for (long expected : new long[] {200, 400, 800, 1_600, 3_200, 5_000, 5_000}) {
            pace.polled(false);
            assertThat(millis()).isEqualTo(expected);
        }
    }

    @Test
    void shouldAskAtTheShortIntervalWhileMessagesCome() {
        // Given
        pace.polled(false);

        // When
        pace.polled(true);

        // Then
        assertThat(millis()).isEqualTo(500);
    }

    @Test
    void shouldCountOnlyFailuresInARow() {
        // Given
        pace.failed();
        pace.failed();
        pace.polled(false);

        // When
        int failures = pace.failed();

        // Then
        assertThat(failures).isEqualTo(1);
        assertThat(millis()).isEqualTo(1_000);
    }
}
