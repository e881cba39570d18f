package io.carillon.local.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BackoffTest {

    @Test
    void shouldStayBetweenHalfASecondAndTwentySecondsAndGrow() {
        for (int seed = 0; seed < 100; seed++) {
            // Given
            Backoff backoff = new Backoff(new SplittableRandom(seed));

            // Then
            assertThat(backoff.next()).isBetween(Duration.ofMillis(500), Duration.ofMillis(1_000));
            assertThat(backoff.next()).isBetween(Duration.ofMillis(500), Duration.ofMillis(1_500));
            for (int attempt = 0; attempt < 100; attempt++) {
                assertThat(backoff.next()).isBetween(Duration.ofMillis(500), Duration.ofSeconds(20));
            }
            backoff.reset();
            assertThat(backoff.next()).isBetween(Duration.ofMillis(500), Duration.ofMillis(1_000));
        }
    }
}
