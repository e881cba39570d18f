package io.carillon.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/**
 * Publishes, subscribes, leaves, loses connections and dies at random, and checks that every client saw what it was
 * promised: all offsets in order, without a gap while subscribed, and again only what a failed delivery had sent.
 */
class ModelTest {

    @RepeatedTest(20)
    void shouldKeepItsPromisesWhateverHappens(RepetitionInfo repetition) {
        // Given
        long seed = Long.getLong("carillon.seed", System.nanoTime() + repetition.getCurrentRepetition());
        Model model = new Model(seed);

        // When
        model.run(1500);

        // Then
        assertThat(model.breaches())
                .as(() -> "repeat with -Dcarillon.seed=" + seed + "\n" + model.trace(120))
                .isEmpty();
    }
}
