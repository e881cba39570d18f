package io.carillon.local.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class PatienceTest {

    private static final Duration TIME = Duration.ofSeconds(45);
    private static final Duration QUIET = Duration.ofSeconds(1);
    private static final Duration MOST = Duration.ofMinutes(5);

    private long millis;
    private long events;

    private final Patience patience = new Patience(() -> millis * 1_000_000, () -> events, () -> millis += 20);

    private void await(BooleanSupplier condition) throws InterruptedException {
        patience.awaitLasting(TIME, QUIET, MOST, condition);
    }

    @Test
    void shouldWaitForNothingButTheQuietWhenAllIsWell() throws InterruptedException {
        // When
        await(() -> true);

        // Then
        assertThat(millis).isEqualTo(1_000);
    }

    @Test
    void shouldWaitForWhoLosesItsConnectionInTheQuietAndBacksOff() throws InterruptedException {
        // When it is lost in the quiet, and back only after a wait in which nothing happens
        await(() -> millis < 500 || millis >= 20_000);

        // Then
        assertThat(millis).isEqualTo(21_000);
    }

    @Test
    void shouldGiveUpWhenNobodyComesBack() throws InterruptedException {
        // When
        await(() -> millis < 500);

        // Then
        assertThat(millis).isEqualTo(1_000 + 45_000 + 1_000);
    }

    @Test
    void shouldEndWhenSomebodyComesAndGoesForEver() throws InterruptedException {
        // When
        await(() -> millis / 900 % 2 == 0);

        // Then
        assertThat(millis).isBetween(MOST.toMillis(), MOST.plus(TIME).toMillis());
    }

    @Test
    void shouldGoOnWaitingWhileThingsHappen() throws InterruptedException {
        // When
        boolean held = patience.await(QUIET, () -> {
            events++;
            return millis >= 30_000;
        });

        // Then
        assertThat(held).isTrue();
        assertThat(millis).isEqualTo(30_000);
    }
}
