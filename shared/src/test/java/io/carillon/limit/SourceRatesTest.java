package io.carillon.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.fakes.FakeClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SourceRatesTest {

    private final FakeClock clock = new FakeClock();
    private final SourceRates rates = new SourceRates(2, clock);

    @Test
    void shouldCountEachAddressForItself() {
        // When
        boolean first = rates.allows("192.0.2.1");
        boolean second = rates.allows("192.0.2.1");
        boolean third = rates.allows("192.0.2.1");

        // Then
        assertThat(first).isTrue();
        assertThat(second).isTrue();
        assertThat(third).isFalse();
        assertThat(rates.allows("192.0.2.2")).isTrue();
    }

    @Test
    void shouldAllowMoreWhenTimeHasPassed() {
        // Given
        rates.allows("192.0.2.1");
        rates.allows("192.0.2.1");

        // When
        clock.advance(Duration.ofSeconds(1));

        // Then
        assertThat(rates.allows("192.0.2.1")).isTrue();
    }

    @Test
    void shouldCountAnIpv6NetworkAsOne() {
        // Given
        rates.allows("2001:db8:1:2::1");
        rates.allows("2001:db8:1:2:ffff::7");

        // Then
        assertThat(rates.allows("2001:db8:1:2::3")).isFalse();
        assertThat(rates.allows("2001:db8:1:3::3")).isTrue();
    }

    @Test
    void shouldAllowAnyNumberWhenTheLimitIsZero() {
        // Given
        SourceRates any = new SourceRates(0, clock);
        for (int i = 0; i < 1_000; i++) {
            any.allows("192.0.2.1");
        }

        // Then
        assertThat(any.allows("192.0.2.1")).isTrue();
    }

    @Test
    void shouldTakeWhatIsNoAddressAsItIs() {
        // Given
        rates.allows("not:an:address");
        rates.allows("not:an:address");

        // Then
        assertThat(rates.allows("not:an:address")).isFalse();
    }
}
