package io.carillon.delivery;

import static io.carillon.delivery.World.CHANNEL;
import static io.carillon.delivery.World.HISTORY;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.connection.Entry;
import io.carillon.events.ClientInfo;
import io.carillon.events.Position;
import io.carillon.events.Publication;
import io.carillon.events.RawJson;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The connect reply has told a client where it stands; the mailbox goes on from there without another answer. */
class AnsweredSubscribeTest {

    private static final String INSUFFICIENT_STATE =
            "{\"push\":{\"disconnect\":{\"code\":3010,\"reason\":\"insufficient state\"}}}";

    private final World world = new World(HISTORY);

    @BeforeEach
    void setUp() {
        world.connect("a", "b");
    }

    @Test
    void shouldSendNothingButWhatComesAfterTheReply() {
        // Given
        subscribe("b");
        Position told = world.publish();

        // When
        world.subscribeAnswered("a", told);
        world.publish(2);
        world.deliver();

        // Then
        assertThat(world.seen("a")).containsExactly("pub 2", "pub 3");
        assertThat(world.row("a")).isPresent();
    }

    @Test
    void shouldSendWhatWasDeliveredBetweenTheReplyAndTheMail() {
        // Given
        subscribe("b");
        Position told = world.publish();
        world.publish(3);
        world.deliver();

        // When
        world.subscribeAnswered("a", told);
        world.publish();
        world.deliver();

        // Then
        assertThat(world.seen("a")).containsExactly("pub 2", "pub 3", "pub 4", "pub 5");
    }

    @Test
    void shouldSendWhatWasPublishedBetweenTheReplyAndTheOpeningOfTheShard() {
        // Given nobody listens
        Position told = world.publish();
        world.publish(2);

        // When
        world.subscribeAnswered("a", told);
        world.deliver();
        world.publish();
        world.deliver();

        // Then
        assertThat(world.seen("a")).containsExactly("pub 2", "pub 3", "pub 4");
    }

    @Test
    void shouldNotRepeatWhatTheReplyHeldWhenTheMailboxIsBehindTheLog() {
        // Given a publisher that has died before it could send its mail, so that only the log has the publication
        subscribe("b");
        world.publish();
        Position told = world.log.reserve(CHANNEL, HISTORY.historyMetaTtl()).top();
        Publication publication =
                new Publication(told.offset(), RawJson.of("1"), ClientInfo.NONE, Map.of(), world.clock.millis());
        world.log.put(CHANNEL, told.epoch(), publication, Duration.ofHours(1));

        // When
        world.subscribeAnswered("a", told);
        world.deliver();
        world.publish();
        world.deliver();

        // Then
        assertThat(world.seen("a")).containsExactly("pub 3");
        assertThat(world.seen("b")).containsExactly("pub 1", "pub 2", "pub 3");
    }

    @Test
    void shouldWaitForAPublisherThatDiedBetweenTheReplyAndTheMail() {
        // Given
        subscribe("b");
        Position told = world.publish();
        world.publishHalf();
        world.publish();

        // When
        world.subscribeAnswered("a", told);
        world.deliver();

        // Then
        assertThat(world.seen("a")).containsExactly("pub 3");
    }

    @Test
    void shouldReconnectTheClientWhenTheEpochHasChanged() {
        // Given
        Position told = world.publish();

        // When
        world.subscribeAnswered("a", new Position(told.offset(), "another"));
        world.deliver();

        // Then
        assertThat(world.poster.lines("a")).containsExactly(INSUFFICIENT_STATE);
        assertThat(world.row("a")).isEmpty();
        assertThat(world.entry("a")).map(Entry::state).contains(Entry.State.LEFT);
    }

    @Test
    void shouldReconnectTheClientWhenTheHistoryWasRemovedInBetween() {
        // Given
        Position told = world.publish();
        world.publish(2);
        world.log.remove(CHANNEL);

        // When
        world.subscribeAnswered("a", told);
        world.deliver();

        // Then
        assertThat(world.poster.lines("a")).containsExactly(INSUFFICIENT_STATE);
    }

    @Test
    void shouldSendWhatHasLeftTheWindowSinceTheReply() {
        // Given more than the history holds by number, but no longer ago than rows are kept
        Position told = world.publish();
        world.publish(HISTORY.historySize() + 5);
        world.clock.advance(Duration.ofSeconds(1));

        // When
        world.subscribeAnswered("a", told);
        world.deliver();

        // Then
        assertThat(world.seen("a")).hasSize(HISTORY.historySize() + 5).startsWith("pub 2", "pub 3");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 8, 13, 21})
    void shouldLoseNothingWhenTheDeliveryDiesAndIsRepeated(int call) {
        // Given
        subscribe("b");
        Position told = world.publish();
        world.publish(2);
        world.deliver();
        world.subscribeAnswered("a", told);
        world.publish();

        // When
        int[] left = {call};
        world.faults.crashWhen(point -> --left[0] == 0);
        try {
            world.deliver();
        } catch (Faults.Crash e) {
            world.faults.stop();
            world.deliver();
        }
        world.faults.stop();

        // Then
        assertThat(world.seen("a").stream().distinct()).containsExactly("pub 2", "pub 3", "pub 4");
        assertThat(world.row("a")).isPresent();
    }

    private void subscribe(String id) {
        world.subscribe(id);
        world.deliver();
        world.forgetSeen();
    }
}
