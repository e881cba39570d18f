package io.carillon.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.fakes.Crowd;
import io.carillon.fakes.FakeClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every quota does. */
public abstract class QuotaContract {

    private final FakeClock clock = new FakeClock();

    /** Starts with nothing given out. */
    protected abstract Quota quota(int rate, InstantSource clock);

    @Test
    void shouldBeginAtOnceWhenNobodyIsAhead() {
        // Given
        Quota quota = quota(1_000, clock);

        // Then
        assertThat(quota.lease(250)).isEqualTo(clock.instant());
    }

    @Test
    void shouldBeginWhenThoseAheadAreThrough() {
        // Given
        Quota quota = quota(1_000, clock);
        Instant now = clock.instant();

        // When
        List<Instant> starts = List.of(quota.lease(250), quota.lease(100), quota.lease(1));

        // Then
        assertThat(starts).containsExactly(now, now.plusMillis(250), now.plusMillis(350));
    }

    @Test
    void shouldSaveUpNothingWhileNobodyAsks() {
        // Given
        Quota quota = quota(1_000, clock);
        quota.lease(250);

        // When
        clock.advance(Duration.ofHours(3));
        Instant now = clock.instant();

        // Then
        assertThat(List.of(quota.lease(500), quota.lease(1))).containsExactly(now, now.plusMillis(500));
    }

    @Test
    void shouldCountTheTimeThatHasPassedWhenOthersAreStillAhead() {
        // Given
        Quota quota = quota(1_000, clock);
        Instant end = clock.instant().plusMillis(1_000);
        quota.lease(1_000);

        // When
        clock.advance(Duration.ofMillis(400));

        // Then
        assertThat(quota.lease(1)).isEqualTo(end);
    }

    @Test
    void shouldGiveNothingTwiceWhenManyAskAtTheSameMoment() {
        // Given
        Quota quota = quota(1_000, clock);
        Instant now = clock.instant();

        // When
        List<Instant> starts = Crowd.run(20, i -> () -> quota.lease(100));

        // Then
        assertThat(starts.stream().map(start -> Duration.between(now, start).toMillis()))
                .doesNotHaveDuplicates()
                .allMatch(millis -> millis % 100 == 0 && millis < 2_000);
    }
}
