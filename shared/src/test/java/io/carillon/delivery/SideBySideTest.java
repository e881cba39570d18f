package io.carillon.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SideBySideTest {

    private final Set<Integer> done = ConcurrentHashMap.newKeySet();

    @Test
    void shouldDoSeveralAtTheSameTime() {
        // Given: each waits for the other
        CountDownLatch both = new CountDownLatch(2);

        // When
        SideBySide.THREADS.each(List.of(1, 2), one -> {
            both.countDown();
            await(both);
            done.add(one);
        });

        // Then
        assertThat(done).containsExactlyInAnyOrder(1, 2);
    }

    @Test
    void shouldDoMoreThanThereIsRoomForAtOnce() {
        // Given
        List<Integer> all = IntStream.range(0, 1000).boxed().toList();

        // When
        SideBySide.THREADS.each(all, done::add);

        // Then
        assertThat(done).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void shouldFailWhenOneFailsButDoTheOthers() {
        // Then
        assertThatThrownBy(() -> SideBySide.THREADS.each(List.of(1, 2, 3), one -> {
                    if (one == 1) {
                        throw new IllegalArgumentException("broken");
                    }
                    done.add(one);
                }))
                .hasMessage("broken");
        assertThat(done).containsExactlyInAnyOrder(2, 3);
    }

    @Test
    void shouldDoNothingWhenThereIsNobody() {
        // When
        SideBySide.THREADS.each(List.<Integer>of(), done::add);

        // Then
        assertThat(done).isEmpty();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
