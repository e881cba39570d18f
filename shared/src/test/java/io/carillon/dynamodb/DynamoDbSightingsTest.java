package io.carillon.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.fakes.FakeClock;
import io.carillon.region.Sightings;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DynamoDbSightingsTest {

    private static final TableNames TABLES = LocalDynamoDb.tablesFor(DynamoDbSightingsTest.class);
    private static final Duration GAP = Duration.ofSeconds(45);

    private final FakeClock clock = new FakeClock();

    private static Sightings of(String mark) {
        return new DynamoDbSightings(LocalDynamoDb.client(), TABLES, mark);
    }

    private boolean note(String mark) {
        return of(mark).note(clock.instant(), GAP);
    }

    @Test
    void shouldBeNotedWhileTheRegionIsFoundInTime() {
        // When
        boolean first = note("on1");
        clock.advance(GAP);
        boolean second = note("on1");
        clock.advance(GAP);

        // Then
        assertThat(first).isTrue();
        assertThat(second).isTrue();
        assertThat(note("on1")).isTrue();
    }

    @Test
    void shouldNeverBeNotedAgainOnceItWasNotFoundInTime() {
        // Given
        note("gap1");

        // When
        clock.advance(GAP.plusMillis(1));

        // Then
        assertThat(note("gap1")).isFalse();
        assertThat(note("gap1")).isFalse();
        assertThat(of("gap1").wouldNote(clock.instant(), GAP)).isFalse();
    }

    @Test
    void shouldBeginAnewWithAnotherMark() {
        // Given
        note("old1");
        clock.advance(GAP.multipliedBy(2));

        // Then
        assertThat(note("old1")).isFalse();
        assertThat(note("old2")).isTrue();
    }

    @Test
    void shouldNotCountWhoOnlyLooks() {
        // Given
        note("look1");

        // When
        clock.advance(GAP);
        boolean looked = of("look1").wouldNote(clock.instant(), GAP);
        clock.advance(GAP);

        // Then
        assertThat(looked).isTrue();
        assertThat(note("look1")).isFalse();
    }
}
