package io.carillon.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections that do not take their messages hold up nobody who does. */
class SlowConnectionsTest {

    private final World world = new World(World.HISTORY);

    /** Refuses what is for "slow" and never gets to a second attempt by itself. */
    private final class Patient implements Poster {

        private final List<String> log = new ArrayList<>();
        private final List<String> slow;

        Patient(String... slow) {
            this.slow = List.of(slow);
        }

        @Override
        public CompletionStage<Outcome> post(String connection, byte[] message) {
            return world.poster.post(connection, message);
        }

        @Override
        public CompletionStage<Outcome> post(String connection, byte[] message, Backoff backoff) {
            if (!slow.contains(connection)) {
                return post(connection, message);
            }
            log.add(connection + (backoff.isOver() ? " once" : " patiently"));
            CompletableFuture<Outcome> outcome = new CompletableFuture<>();
            backoff.pausing();
            backoff.whenOver(() -> {
                backoff.resuming();
                outcome.complete(Outcome.BACKED_UP);
            });
            return outcome;
        }

        @Override
        public CompletionStage<Void> close(String connection) {
            return world.poster.close(connection);
        }
    }

    @BeforeEach
    void setUp() {
        world.connect("a", "b", "slow");
        world.subscribe("a", "b", "slow");
        world.deliver();
        world.forgetSeen();
    }

    @Test
    void shouldSendThemAwayAsSoonAsAllOthersAreServed() {
        // Given
        Patient poster = new Patient("slow");
        Deliverer deliverer = world.deliverer(poster, 1000);
        world.publish();

        // When
        world.mailboxes.drain(deliverer::deliver);

        // Then
        assertThat(world.seen("a")).containsExactly("pub 1");
        assertThat(world.seen("b")).containsExactly("pub 1");
        assertThat(poster.log).containsExactly("slow patiently", "slow once");
        assertThat(world.poster.closed()).containsExactly("slow");
        assertThat(world.row("slow").orElseThrow().away()).isTrue();
    }

    @Test
    void shouldStillCountThoseWhoAreGoneAmongTheOthers() {
        // Given
        Patient poster = new Patient("slow");
        Deliverer deliverer = world.deliverer(poster, 1000);
        world.poster.answer("b", Poster.Outcome.GONE);
        world.publish();

        // When
        world.mailboxes.drain(deliverer::deliver);

        // Then
        assertThat(world.seen("a")).containsExactly("pub 1");
        assertThat(world.rows("b")).isZero();
        assertThat(world.row("slow").orElseThrow().away()).isTrue();
    }

    @Test
    void shouldNotKeepManyWaitingWhenOneWhoIsSlowComesBack() {
        // Given: the buffer of the one who comes back is still full
        String[] many =
                IntStream.range(0, 20).mapToObj(number -> "healthy" + number).toArray(String[]::new);
        world.connect(many);
        world.subscribe(many);
        world.deliver();
        world.connect("back");
        world.subscribe("back");
        Persistent poster = new Persistent();

        // When
        world.mailboxes.drain(world.deliverer(poster, 1000)::deliver);

        // Then
        assertThat(poster.attempts).containsExactly(2, 1);
        assertThat(world.poster.closed()).containsExactly("back");
    }

    /** Refuses every attempt, and tries again as long as it may: nine times. */
    private final class Persistent implements Poster {

        private final List<Integer> attempts = new ArrayList<>();

        @Override
        public CompletionStage<Outcome> post(String connection, byte[] message) {
            return post(connection, message, Backoff.unlimited());
        }

        @Override
        public CompletionStage<Outcome> post(String connection, byte[] message, Backoff backoff) {
            int made = 1;
            backoff.pausing();
            while (!backoff.isOver() && made < 9) {
                backoff.resuming();
                made++;
                backoff.pausing();
            }
            backoff.resuming();
            attempts.add(made);
            return CompletableFuture.completedFuture(Outcome.BACKED_UP);
        }

        @Override
        public CompletionStage<Void> close(String connection) {
            return world.poster.close(connection);
        }
    }
}
