package io.carillon.delivery;

import static io.carillon.delivery.World.HISTORY;
import static io.carillon.delivery.World.JOIN_LEAVE;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.delivery.Poster.Outcome;
import io.carillon.events.Framing;
import io.carillon.events.Request.Recover;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FramesTest {

    private final World world = new World(HISTORY);
    private final Map<String, byte[]> last = new HashMap<>();

    @BeforeEach
    void setUp() {
        world.connect("a", "b", "c");
        world.subscribe("a", "b");
        world.deliver();
        world.forgetSeen();
    }

    @Test
    void shouldSendOneFramePerConnectionAndBatch() {
        // Given
        world.publish(10);

        // When
        world.deliver();

        // Then
        assertThat(world.poster.frames("a"))
                .singleElement()
                .satisfies(frame -> assertThat(frame.lines()).hasSize(10));
        assertThat(world.poster.attempts("b")).isEqualTo(1);
    }

    @Test
    void shouldShareTheVeryBytesWhenSeveralAreSentTheSame() {
        // Given
        world.subscribe("c", JOIN_LEAVE, Recover.NO);
        world.deliver();
        world.publish(3);

        // When
        world.mailboxes.drain(watched()::deliver);

        // Then
        assertThat(last.get("a")).isSameAs(last.get("b"));
        assertThat(last.get("c")).containsExactly(last.get("a"));
    }

    @Test
    void shouldSplitFramesAt128KilobytesInOrder() {
        // Given
        String large = "\"" + "é".repeat(22_000) + "\"";
        for (int i = 0; i < 7; i++) {
            world.publish(large);
        }

        // When
        world.deliver();

        // Then
        assertThat(world.seen("a")).containsExactly("pub 1", "pub 2", "pub 3", "pub 4", "pub 5", "pub 6", "pub 7");
        assertThat(world.poster.frames("a"))
                .hasSize(4)
                .allSatisfy(frame -> assertThat(Framing.utf8Length(frame)).isLessThanOrEqualTo(Framing.MAX_MESSAGE));
    }

    @Test
    void shouldSendTheLargestPublicationThatIsAccepted() {
        // Given
        int overhead =
                "{\"push\":{\"channel\":\"news\",\"pub\":{\"data\":\"\",\"offset\":9223372036854775807,\"time\":1700000000000}}}"
                        .length();
        world.publish("\"" + "x".repeat(Framing.MAX_MESSAGE - overhead) + "\"");
        world.subscribe("c", World.RECOVERABLE, world.from(0));

        // When
        world.deliver();

        // Then
        assertThat(world.seen("a")).containsExactly("pub 1");
        assertThat(world.seen("c")).containsExactly("reply 1 at 0 recovered []", "pub 1");
    }

    @Test
    void shouldPutTheReplyAndWhatFollowsInOneFrame() {
        // Given
        world.subscribe("c");
        world.publish(2);

        // When
        world.deliver();

        // Then
        assertThat(world.poster.frames("c")).hasSize(1);
        assertThat(world.seen("c")).containsExactly("reply 1 at 0", "pub 1", "pub 2");
    }

    @Test
    void shouldPassDataThroughByteForByte() {
        // Given
        String data = "{ \"b\" : 1.00, \"a\":[1e5, -0.0], \"\\u00e9\":\"\\/é\" }";
        world.publish(data);

        // When
        world.deliver();

        // Then
        assertThat(world.poster.frames("a"))
                .singleElement()
                .satisfies(frame -> assertThat(frame).contains("\"data\":" + data + ","));
    }

    @Test
    void shouldPostToAllAtOnceSoThatASlowOneHoldsUpNobody() {
        // Given: a's post completes only after b's has been started
        CompletableFuture<Outcome> slow = new CompletableFuture<>();
        Poster poster = new Poster() {
            @Override
            public CompletionStage<Outcome> post(String connection, byte[] message) {
                if (connection.equals("a")) {
                    return slow;
                }
                slow.complete(Outcome.DELIVERED);
                return CompletableFuture.completedFuture(Outcome.DELIVERED);
            }

            @Override
            public CompletionStage<Void> close(String connection) {
                return CompletableFuture.completedFuture(null);
            }
        };
        world.publish();

        // When
        world.mailboxes.drain(world.deliverer(poster, 1000)::deliver);

        // Then
        assertThat(slow).isCompletedWithValue(Outcome.DELIVERED);
        assertThat(world.mailboxes.waiting()).isZero();
    }

    private Deliverer watched() {
        return world.deliverer(
                new Poster() {
                    @Override
                    public CompletionStage<Outcome> post(String connection, byte[] message) {
                        last.put(connection, message);
                        return CompletableFuture.completedFuture(Outcome.DELIVERED);
                    }

                    @Override
                    public CompletionStage<Void> close(String connection) {
                        throw new IllegalStateException("nothing to close");
                    }
                },
                1000);
    }
}
