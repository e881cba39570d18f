package io.carillon.local.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.local.load.Timeline.Second;
import org.junit.jupiter.api.Test;

class TimelineTest {

    @Test
    void shouldSortWhatHappenedIntoSeconds() {
        // Given
        History history = new History()
                .joined("ann", 0)
                .joined("bob", 0)
                .published(1, 2)
                .pushed("ann", 1, 2)
                .later(1)
                .published(3, 3)
                .pushed("ann", 3)
                .lost("bob");

        // When
        Timeline timeline = Timeline.of(history.observed());

        // Then
        assertThat(timeline.seconds()).extracting(Second::publications).containsExactly(2L, 1L);
        assertThat(timeline.seconds()).extracting(Second::deliveries).containsExactly(2L, 1L);
        assertThat(timeline.seconds()).extracting(Second::connections).containsExactly(2L, 1L);
        assertThat(timeline.seconds().getLast().latencies().count()).isEqualTo(1);
    }
}
