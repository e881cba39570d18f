package io.carillon.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.fakes.Crowd;
import io.carillon.fakes.FakeClock;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RateTest {

    private final FakeClock clock = new FakeClock();

    @Test
    void shouldAllowASecondsWorthAtOnceAndThenAsTimePasses() {
        // Given
        Rate rate = new Rate(4, clock);

        // When
        long atOnce = allowed(rate, 10);
        clock.advance(Duration.ofMillis(500));
        long later = allowed(rate, 10);
        clock.advance(Duration.ofHours(1));
        long afterAPause = allowed(rate, 10);

        // Then
        assertThat(atOnce).isEqualTo(4);
        assertThat(later).isEqualTo(2);
        assertThat(afterAPause).isEqualTo(4);
    }

    @Test
    void shouldAllowAnythingWhenThereIsNoLimit() {
        assertThat(allowed(new Rate(0, clock), 1000)).isEqualTo(1000);
    }

    @Test
    void shouldGiveNothingWhenTheClockIsSetBack() {
        // Given
        Rate rate = new Rate(2, clock);
        allowed(rate, 2);

        // When
        clock.advance(Duration.ofSeconds(-60));
        long back = allowed(rate, 5);
        clock.advance(Duration.ofSeconds(1));
        long on = allowed(rate, 5);

        // Then
        assertThat(back).isZero();
        assertThat(on).isEqualTo(2);
    }

    @Test
    void shouldNotAllowMoreWhenManyAskAtOnce() {
        // Given
        Rate rate = new Rate(7, clock);

        // When
        long allowed = Crowd.run(20, n -> rate::allows).stream()
                .filter(answer -> answer)
                .count();

        // Then
        assertThat(allowed).isEqualTo(7);
    }

    private static long allowed(Rate rate, int count) {
        return IntStream.range(0, count).filter(n -> rate.allows()).count();
    }
}
