package io.carillon.delivery;

import static io.carillon.delivery.World.NO_HISTORY;
import static io.carillon.delivery.World.PLAIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.delivery.Poster.Outcome;
import io.carillon.events.Mail;
import io.carillon.events.Request.Recover;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is published in a channel without history reaches a few subscribers without their mailbox. */
class DirectDeliveryCallsTest {

    private final World world = new World(NO_HISTORY, 4);

    @BeforeEach
    void setUp() {
        world.connect("a", "b", "c", "d", "e");
        subscribe("a", "b");
        world.deliver();
        world.forgetSeen();
        world.faults.passed();
    }

    @Test
    void shouldReachTheSubscribersWithTheFewestCalls() {
        // When
        world.publish("1");

        // Then
        assertThat(world.seen("a")).containsExactly("pub 1");
        assertThat(world.seen("b")).containsExactly("pub 1");
        assertThat(world.faults.passed())
                .filteredOn(point -> point.startsWith("before"))
                .containsExactly(
                        "before ChannelLog.shardsLately",
                        "before Subscribers.few",
                        "before Poster.post",
                        "before Poster.post");
    }

    @Test
    void shouldSendNothingWhenNobodyListens() {
        // Given
        world.closer.forget("a");
        world.closer.forget("b");
        world.deliver();
        world.faults.passed();

        // When
        world.publish("1");

        // Then
        assertThat(world.faults.passed()).doesNotContain("before Poster.post", "before Mailboxes.send");
    }

    @Test
    void shouldLeaveItToTheMailboxWhenThereAreMoreThanAFew() {
        // Given
        subscribe("c", "d");
        world.deliver();

        // When
        world.publish("1");

        // Then
        assertThat(world.seen("a")).isEmpty();
        world.deliver();
        assertThat(world.seen("a")).containsExactly("pub 1");
        assertThat(world.seen("d")).containsExactly("reply 1 at 0", "pub 1");
    }

    @Test
    void shouldLeaveItToTheMailboxesWhenThereAreSeveral() {
        // Given: shard 0 has a few, but there is another
        subscribe("c", "d", "e");
        world.deliver();
        world.closer.forget("a");
        world.closer.forget("b");
        world.deliver();

        // When
        world.publish("1");
        world.deliver();

        // Then
        assertThat(world.shardCount()).isEqualTo(2);
        assertThat(world.seen("c")).containsExactly("reply 1 at 0", "pub 1");
        assertThat(world.seen("e")).containsExactly("reply 1 at 0", "pub 1");
    }

    @Test
    void shouldNotOvertakeTheAnswerOfWhoIsJustComing() {
        // Given
        subscribe("c");
        world.faults.onceBefore("Poster.post", () -> world.publish("1"));

        // When
        world.deliver();

        // Then
        assertThat(world.seen("a")).containsExactly("pub 1");
        assertThat(world.seen("c")).containsExactly("reply 1 at 0", "pub 1");
    }

    @Test
    void shouldGoDirectlyAgainOnceAllAreAnswered() {
        // Given
        subscribe("c");
        world.deliver();

        // When
        world.publish("1");

        // Then
        assertThat(world.seen("c")).containsExactly("reply 1 at 0", "pub 1");
    }

    @Test
    void shouldGoThroughTheMailboxUntilAnAnswerThatFailedHasBeenGiven() {
        // Given
        subscribe("c");
        world.deliverUntil("before Poster.post");

        // When
        world.publish("1");
        world.deliver();

        // Then
        assertThat(world.seen("c")).containsExactly("reply 1 at 0", "pub 1");
    }

    @Test
    void shouldTryOnceAndDropWhatIsNotTaken() {
        // Given
        world.poster.answer("a", Outcome.BACKED_UP);

        // When
        world.publish("1");

        // Then
        assertThat(world.poster.attempts("a")).isEqualTo(1);
        assertThat(world.seen("b")).containsExactly("pub 1");
        assertThat(world.mailboxes.waiting()).isZero();
    }

    @Test
    void shouldForgetWhoIsGone() {
        // Given
        world.poster.answer("a", Outcome.GONE);

        // When
        world.publish("1");
        world.deliver();

        // Then
        assertThat(world.connections.find("a")).isEmpty();
        assertThat(world.row("a")).isEmpty();
        assertThat(world.seen("b")).containsExactly("pub 1");
    }

    @Test
    void shouldDropWhoIsGoneWhenSomebodyElseForgotItAndItsFarewellWasLost() {
        // Given
        world.connections.close("a");
        world.poster.answer("a", Outcome.GONE);

        // When
        world.publish("1");
        world.deliver();

        // Then
        assertThat(world.mailboxes.sent())
                .filteredOn(Mail.Unsubscribe.class::isInstance)
                .hasSize(1);
        assertThat(world.row("a")).isEmpty();
    }

    private void subscribe(String... ids) {
        for (String id : ids) {
            world.subscribe(id, PLAIN, Recover.NO);
        }
    }
}
