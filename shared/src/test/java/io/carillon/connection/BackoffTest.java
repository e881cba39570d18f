package io.carillon.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    @Test
    void shouldWaitUpToTwiceAsLongEachTime() {
        // Then
        assertThat(IntStream.range(0, 6).mapToObj(Backoff::limit).map(Duration::toMillis))
                .containsExactly(4L, 8L, 16L, 32L, 64L, 128L);
    }

    @Test
    void shouldNeverWaitLongerThanAFifthOfASecond() {
        // Then
        assertThat(IntStream.of(6, 7, 20, 100).mapToObj(Backoff::limit)).containsOnly(Duration.ofMillis(200));
    }
}
