package io.carillon.delivery;

import static io.carillon.delivery.World.CHANNEL;
import static io.carillon.delivery.World.HISTORY;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.delivery.Mailboxes.Letter;
import io.carillon.events.Mail;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of commands that something else has overtaken on the way to the mailbox. */
class OvertakenSubscribeTest {

    private final World world = new World(HISTORY);

    @BeforeEach
    void setUp() {
        world.connect("a", "b");
    }

    @Test
    void shouldIgnoreASubscribeCommandThatTheConnectionHasOvertaken() {
        // Given
        world.subscribe("a");
        world.unsubscribe("a");

        // When
        world.deliver();

        // Then
        assertThat(world.seen("a")).isEmpty();
        assertThat(world.row("a")).isEmpty();
    }

    @Test
    void shouldAnswerOnlyTheLastOfSeveralCommands() {
        // Given
        for (int i = 0; i < 10; i++) {
            world.subscribe("a");
            world.unsubscribe("a");
        }
        world.subscribe("a");

        // When
        world.deliver();

        // Then
        assertThat(world.seen("a")).containsExactly("reply 21 at 0");
        assertThat(world.row("a")).isPresent();
    }

    @Test
    void shouldNotAnswerASecondTimeWhenACommandIsPassedOnOnceMoreBehindAPublication() {
        // Given
        world.subscribe("a");
        Mail command = world.mailboxes.waiting(CHANNEL, 0).getFirst();
        world.deliver();
        world.publish();

        // When it comes again, after the queue has forgotten the first
        world.mailboxes.send(List.of(new Letter(command, "again")));
        world.publish();
        world.deliver();

        // Then
        assertThat(world.seen("a")).containsExactly("reply 1 at 0", "pub 1", "pub 2");
    }

    @Test
    void shouldTellTheClientWhenTheServerUnsubscribesItBeforeItIsLetIn() {
        // Given
        world.subscribe("a");
        world.unsubscribeByServer("a");

        // When
        world.deliver();

        // Then
        assertThat(world.seen("a")).containsExactly("unsubscribe 2000");
        assertThat(world.row("a")).isEmpty();
    }

    @Test
    void shouldSendOneFrameInOrderWhenSomebodyLeavesAndReturnsAtOnce() {
        // Given
        world.subscribe("a", "b");
        world.deliver();
        world.forgetSeen();
        world.publish();
        world.unsubscribe("a");
        world.publish();
        world.subscribe("a");
        world.publish();

        // When
        world.deliver();

        // Then
        assertThat(world.seen("a")).containsExactly("pub 1", "reply 3 at 2", "pub 3");
        assertThat(world.poster.frames("a")).hasSize(1);
        assertThat(world.row("a")).isPresent();
    }

    @Test
    void shouldNotEndTheNewSubscriptionWhenTheServerEndedTheOneBefore() {
        // Given
        world.subscribe("a");
        world.deliver();
        world.forgetSeen();
        world.unsubscribeByServer("a");
        world.unsubscribe("a");
        world.subscribe("a");

        // When
        world.deliver();

        // Then: a push would meet a client that waits for its reply
        assertThat(world.seen("a")).containsExactly("reply 3 at 0");
        assertThat(world.row("a")).isPresent();
    }

    @Test
    void shouldTellTheClientOnceWhenTheServerUnsubscribesItTwice() {
        // Given
        world.subscribe("a");
        world.unsubscribeByServer("a");
        world.unsubscribeByServer("a");

        // When
        world.deliver();

        // Then
        assertThat(world.seen("a")).containsExactly("unsubscribe 2000");
    }

    @Test
    void shouldIgnoreAConnectionThatEndedBeforeItIsLetIn() {
        // Given
        world.subscribe("a");
        world.closer.forget("a");

        // When
        world.deliver();

        // Then
        assertThat(world.poster.attempts("a")).isZero();
        assertThat(world.row("a")).isEmpty();
        assertThat(world.shardCount()).isZero();
    }

    @Test
    void shouldIgnoreAnUnsubscribeThatIsOlderThanTheSubscription() {
        // Given
        world.subscribe("a");
        world.deliver();
        long revision = world.row("a").orElseThrow().revision();

        // When
        world.mailboxes.send(
                List.of(new Letter(new Mail.Unsubscribe(CHANNEL, 0, "a", revision - 1, 2000, "late"), "late")));
        world.deliver();

        // Then
        assertThat(world.seen("a")).containsExactly("reply 1 at 0");
        assertThat(world.row("a")).isPresent();
    }
}
