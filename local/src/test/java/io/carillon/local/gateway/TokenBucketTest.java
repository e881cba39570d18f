package io.carillon.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TokenBucketTest {

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);

    private long taken(TokenBucket bucket, int tries) {
        return IntStream.range(0, tries).filter(attempt -> bucket.tryTake()).count();
    }

    @Test
    void shouldLetABurstPassAtOnceAndNoMore() {
        TokenBucket bucket = new TokenBucket(10, 5, nanos::get);

        assertThat(taken(bucket, 100)).isEqualTo(5);
    }

    @Test
    void shouldFillAtItsRate() {
        // Given
        TokenBucket bucket = new TokenBucket(10, 5, nanos::get);
        taken(bucket, 100);

        // When
        nanos.addAndGet(300_000_000);

        // Then
        assertThat(taken(bucket, 100)).isEqualTo(3);
    }

    @Test
    void shouldHoldNoMoreThanTheBurstAfterALongQuietTime() {
        // Given
        TokenBucket bucket = new TokenBucket(10, 5, nanos::get);

        // When
        nanos.addAndGet(3_600_000_000_000L);

        // Then
        assertThat(taken(bucket, 100)).isEqualTo(5);
    }

    @Test
    void shouldRefuseARateThatLetsNothingPass() {
        assertThatThrownBy(() -> new TokenBucket(0, 1, nanos::get)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TokenBucket(1, 0, nanos::get)).isInstanceOf(IllegalArgumentException.class);
    }
}
