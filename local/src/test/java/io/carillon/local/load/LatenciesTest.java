package io.carillon.local.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LatenciesTest {

    @Test
    void shouldCountOnlyWhatWasPublishedWhileTheClientWasSubscribed() {
        // Given publications 1 and 2 live, 3 recovered, 4 published before the return but pushed after it
        History history = new History()
                .joined("ann", 0)
                .published(1, 2)
                .pushed("ann", 1, 2)
                .published(3, 4)
                .returned("ann", 2)
                .replied("ann", 3)
                .pushed("ann", 4);

        // When
        Latencies latencies = Latencies.of(history.observed());

        // Then
        assertThat(latencies.count()).isEqualTo(2);
        assertThat(latencies.percentile(0)).isEqualTo(3_000_000);
    }

    @Test
    void shouldTakePercentilesByRank() {
        // Given
        Latencies latencies = new Latencies(new long[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10});

        // Then
        assertThat(latencies.percentile(0.5)).isEqualTo(5);
        assertThat(latencies.percentile(0.99)).isEqualTo(10);
        assertThat(latencies.percentile(1)).isEqualTo(10);
        assertThat(new Latencies(new long[0]).percentile(0.5)).isZero();
    }
}
