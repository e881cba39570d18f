package io.carillon.local.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class MeteredGatewayTest {

    private static final int KB = 1024;

    private final Counters counters = new Counters();
    private long now = 5;
    private final MeteredGateway gateway = new MeteredGateway(counters, () -> now);

    @Test
    void shouldCountMessagesOfBothDirectionsInUnitsOf32Kilobytes() {
        gateway.received("a", 0);
        gateway.received("a", 32 * KB);
        gateway.sent("a", 32 * KB + 1);
        gateway.sent("a", 128 * KB);

        assertThat(counters.sums().get(Billed.WEBSOCKET_MESSAGES)).isEqualTo(1 + 1 + 2 + 4);
    }

    @Test
    void shouldCountRequestsInUnitsOf512KilobytesOfTheLargerDirection() {
        gateway.answered(100, 20);
        gateway.answered(100, 512 * KB + 1);

        assertThat(counters.sums().get(Billed.HTTP_REQUESTS)).isEqualTo(3);
    }

    @Test
    void shouldCountTheMinutesOfConnectionsThatEndedAndOfThoseThatAreOpen() {
        // Given
        gateway.opened("a");
        gateway.opened("b");

        // When
        now += Duration.ofMinutes(2).toNanos();
        gateway.ended("a", Duration.ofMinutes(2));
        now += Duration.ofMinutes(1).toNanos();

        // Then
        assertThat(gateway.connectionMinutes()).isEqualTo(2 + 3);
    }

    @Test
    void shouldNotCountAConnectionThatNeverOpened() {
        gateway.ended("a", Duration.ofMinutes(1));

        assertThat(gateway.connectionMinutes()).isZero();
    }
}
