package io.carillon.local.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.delivery.Backoff;
import io.carillon.delivery.Poster;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultyPosterTest {

    private static final byte[] MESSAGE = "{}".getBytes(StandardCharsets.UTF_8);

    /** Takes every message, and keeps how long each might have been tried. */
    private static final class TakingPoster implements Poster {

        private final List<Backoff> backoffs = new ArrayList<>();

        @Override
        public CompletionStage<Outcome> post(String connection, byte[] message) {
            throw new AssertionError("The caller's backoff was lost");
        }

        @Override
        public CompletionStage<Outcome> post(String connection, byte[] message, Backoff backoff) {
            backoffs.add(backoff);
            return CompletableFuture.completedFuture(Outcome.DELIVERED);
        }

        @Override
        public CompletionStage<Void> close(String connection) {
            return CompletableFuture.completedFuture(null);
        }
    }

    private final TakingPoster poster = new TakingPoster();

    @AfterEach
    void leave() {
        Invocation.leave();
    }

    @Test
    void shouldPostWithTheBackoffThatItWasGiven() {
        // Given
        Backoff backoff = Backoff.unlimited();

        // When
        CompletionStage<Poster.Outcome> posted = new FaultyPoster(poster, List::of).post("c1", MESSAGE, backoff);

        // Then
        assertThat(posted).isCompletedWithValue(Poster.Outcome.DELIVERED);
        assertThat(poster.backoffs).singleElement().isSameAs(backoff);
    }

    @Test
    void shouldPostNothingMoreInAnInvocationThatEndedAfterAPost() {
        // Given
        ActiveFault fault = new ActiveFault(Fault.parse("kill function=deliver at=mid-delivery"), 1, 0);
        FaultyPoster faulty = new FaultyPoster(poster, () -> List.of(fault));
        Invocation.enter(new Invocation("deliver"));

        // When / Then
        assertThatThrownBy(() -> faulty.post("c1", MESSAGE, Backoff.NONE)).isInstanceOf(Killed.class);
        assertThatThrownBy(() -> faulty.post("c2", MESSAGE, Backoff.NONE)).isInstanceOf(Killed.class);
        assertThatThrownBy(() -> faulty.close("c2")).isInstanceOf(Killed.class);
        assertThat(poster.backoffs).hasSize(1);
    }
}
