package io.carillon.local.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TakenBackTest {

    private final List<List<String>> applied = new ArrayList<>();
    private final TakenBack faults = new TakenBack((list, seed) -> applied.add(list));

    @Test
    void shouldEndTheFaultsThatStand() {
        // Given
        faults.apply(List.of("gone every=2"), 1);

        // When
        boolean ended = faults.end();

        // Then
        assertThat(ended).isTrue();
        assertThat(applied).containsExactly(List.of("gone every=2"), List.of());
        assertThat(faults.end()).isFalse();
    }

    @Test
    void shouldLeaveAServerAloneWhoseFaultsAreEndedOrNeverBegan() {
        // Given
        faults.apply(List.of("gone every=2"), 1);
        faults.apply(List.of(), 1);

        // When / Then
        assertThat(faults.end()).isFalse();
        assertThat(applied).hasSize(2);
    }

    @Test
    void shouldLetNoFaultsBeginAfterTheEnd() {
        // Given
        faults.end();

        // When a run that is being stopped comes to its last third
        faults.apply(List.of("gone every=2"), 1);

        // Then
        assertThat(applied).isEmpty();
    }

    @Test
    void shouldEndFaultsWhoseBeginningWasNotAnswered() {
        // Given
        TakenBack unanswered = new TakenBack((list, seed) -> {
            applied.add(list);
            if (!list.isEmpty()) {
                throw new IllegalStateException("no answer");
            }
        });

        // When
        assertThatThrownBy(() -> unanswered.apply(List.of("gone every=2"), 1)).hasMessage("no answer");

        // Then
        assertThat(unanswered.end()).isTrue();
        assertThat(applied).last().isEqualTo(List.of());
    }
}
