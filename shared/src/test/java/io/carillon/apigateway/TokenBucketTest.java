package io.carillon.apigateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TokenBucketTest {

    private final AtomicLong nanos = new AtomicLong(42);
    private final TokenBucket bucket = new TokenBucket(1_000, 3, nanos::get);

    @Test
    void shouldLetTheBurstPassAtOnceAndThenSayHowLongToWait() {
        // When
        long[] waits = {bucket.take(), bucket.take(), bucket.take(), bucket.take()};

        // Then
        assertThat(waits).containsExactly(0, 0, 0, 1_000_000);
    }

    @Test
    void shouldLetOnePassWhenTheWaitIsOver() {
        // Given
        empty();

        // When
        nanos.addAndGet(999_999);
        long tooEarly = bucket.take();
        nanos.addAndGet(tooEarly);

        // Then
        assertThat(tooEarly).isPositive();
        assertThat(bucket.take()).isZero();
        assertThat(bucket.take()).isPositive();
    }

    @Test
    void shouldNotSaveUpMoreThanTheBurst() {
        // Given
        empty();

        // When
        nanos.addAndGet(3_600_000_000_000L);

        // Then
        assertThat(new long[] {bucket.take(), bucket.take(), bucket.take()}).containsOnly(0);
        assertThat(bucket.take()).isPositive();
    }

    private void empty() {
        while (bucket.take() == 0) {
            assertThat(nanos).hasValue(42);
        }
    }
}
