package io.carillon.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ParallelTest {

    @Test
    void shouldGiveResultsInTheOrderOfThePartsAndBoundWhatIsUnderWay() {
        // Given
        AtomicInteger underWay = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Integer> parts = IntStream.range(0, 1000).boxed().toList();

        // When
        List<Integer> results = Parallel.map(parts, part -> {
            most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
            Thread.yield();
            underWay.decrementAndGet();
            return -part;
        });

        // Then
        assertThat(results).isEqualTo(parts.stream().map(part -> -part).toList());
        assertThat(most.get()).isBetween(1, 64);
    }

    @Test
    void shouldFinishAllAndThenThrowWhatTheFirstThrew() {
        // Given
        AtomicInteger finished = new AtomicInteger();

        // When / Then
        assertThatThrownBy(() -> Parallel.map(List.of(1, 2, 3), part -> {
                    finished.incrementAndGet();
                    if (part > 1) {
                        throw new IllegalArgumentException("part " + part);
                    }
                    return part;
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("part 2");
        assertThat(finished).hasValue(3);
        assertThat(Parallel.map(List.<Integer>of(), part -> part)).isEmpty();
    }
}
