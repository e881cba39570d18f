package io.carillon.local.eventsource;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.local.Await;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class GroupLocksTest {

    private final GroupLocks locks = new GroupLocks();

    @Test
    void shouldKeepBatchWaitingWhileAnotherHasOneOfItsGroups() throws InterruptedException {
        // Given
        locks.acquire(Set.of("a", "b"));
        var entered = new AtomicBoolean();

        // When
        var second = Thread.ofVirtual().start(() -> acquireAnd(() -> entered.set(true), Set.of("b", "c")));
        Await.until(() -> second.getState() == Thread.State.WAITING);

        // Then
        assertThat(entered).isFalse();
        locks.release(Set.of("a", "b"));
        second.join();
        assertThat(entered).isTrue();
    }

    @Test
    void shouldTakeNoGroupWhileOneOfThemIsHeld() throws InterruptedException {
        // Given
        locks.acquire(Set.of("a"));
        var waiting = Thread.ofVirtual().start(() -> acquireAnd(() -> {}, Set.of("a", "b")));
        Await.until(() -> waiting.getState() == Thread.State.WAITING);

        // When
        locks.acquire(Set.of("b"));

        // Then
        locks.release(Set.of("a"));
        locks.release(Set.of("b"));
        waiting.join();
    }

    private void acquireAnd(Runnable then, Set<String> groups) {
        try {
            locks.acquire(groups);
            then.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
