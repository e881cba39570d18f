package io.carillon.local.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryExpiryTest {

    private static final Duration TTL = Duration.ofMinutes(5);

    private static boolean expires(String... faults) {
        return HistoryExpiry.isIn(List.of(faults), TTL);
    }

    @Test
    void shouldExpireWhenTheClockJumpsAsFarAsTheHistoryLasts() {
        assertThat(expires("gone every=3", "clock jump=121m at=500ms")).isTrue();
        assertThat(expires("clock jump=5m")).isTrue();
        assertThat(expires("clock jump=3m", "clock jump=2m at=1s")).isTrue();
    }

    @Test
    void shouldStayWhenTheClockJumpsLess() {
        assertThat(expires()).isFalse();
        assertThat(expires("fault of=another-version")).isFalse();
        assertThat(expires("clock jump=299s at=1s")).isFalse();
    }
}
