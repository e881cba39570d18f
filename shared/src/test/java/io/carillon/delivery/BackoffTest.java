package io.carillon.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BackoffTest {

    @Test
    void shouldBeOverWhenAllOthersAreDone() {
        // Given: one of three pauses
        Backoff backoff = Backoff.among(3, 3);
        backoff.pausing();
        backoff.done(true);
        boolean before = backoff.isOver();

        // When
        backoff.done(false);

        // Then
        assertThat(before).isFalse();
        assertThat(backoff.isOver()).isTrue();
    }

    @Test
    void shouldGoOnWhileTheNextAttemptIsUnderWay() {
        // Given
        Backoff backoff = Backoff.among(2, 2);
        backoff.pausing();
        backoff.resuming();

        // When
        backoff.done(true);

        // Then
        assertThat(backoff.isOver()).isFalse();
        backoff.pausing();
        assertThat(backoff.isOver()).isTrue();
    }

    @Test
    void shouldGoOnWhenNobodyWasServed() {
        // Given: all are refused, as when the account's quota is used up
        Backoff backoff = Backoff.among(2, 2);

        // When
        backoff.pausing();
        backoff.pausing();

        // Then
        assertThat(backoff.isOver()).isFalse();
    }

    @Test
    void shouldTryOnceMoreWhenFewAreRefusedAndManyWaitBehindThem() {
        // Given: one who is slow comes back, and a shard full of others waits for the next publication
        Backoff backoff = Backoff.among(1, 10);

        // When
        backoff.pausing();
        boolean afterOne = backoff.isOver();
        backoff.resuming();
        backoff.pausing();

        // Then
        assertThat(afterOne).isFalse();
        assertThat(backoff.isOver()).isTrue();
    }

    @Test
    void shouldAllowNothingOrEverything() {
        // When
        Backoff unlimited = Backoff.unlimited();
        unlimited.pausing();

        // Then
        assertThat(unlimited.isOver()).isFalse();
        assertThat(Backoff.NONE.isOver()).isTrue();
    }
}
