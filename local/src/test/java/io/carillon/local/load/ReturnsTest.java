package io.carillon.local.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReturnsTest {

    private static final long MILLI = 1_000_000;

    @Test
    void shouldMeasureFromTheEndOfAConnectionUntilItsClientIsSubscribedAgain() {
        // Given: each step takes a millisecond
        History history = new History().joined("ann", 0).joined("ben", 0).returned("ann", 0);

        // When
        Latencies returns = Returns.of(history.observed());

        // Then
        assertThat(returns).isEqualTo(new Latencies(new long[] {2 * MILLI}));
    }

    @Test
    void shouldCountFailedAttemptsIntoOneAbsence() {
        // Given
        History history = new History()
                .joined("ann", 0)
                .lost("ann")
                .connected("ann")
                .lost("ann")
                .connected("ann")
                .subscribed("ann", 0, true, true);

        // When
        Latencies returns = Returns.of(history.observed());

        // Then
        assertThat(returns).isEqualTo(new Latencies(new long[] {4 * MILLI}));
    }

    @Test
    void shouldCountNobodyWhoHasNotComeBackOrWasNotThere() {
        // Given
        History history = new History()
                .joined("ann", 0)
                .lost("ann")
                .connected("ann")
                .joined("ben", 0)
                .left("ben")
                .returned("ben", 0);

        // Then
        assertThat(Returns.of(history.observed()).count()).isZero();
    }
}
