package io.carillon.delivery;

import static io.carillon.delivery.World.CHANNEL;
import static io.carillon.delivery.World.HISTORY;
import static io.carillon.delivery.World.NO_HISTORY;
import static io.carillon.delivery.World.PLAIN;
import static io.carillon.delivery.World.RECOVERABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.connection.Entry;
import io.carillon.delivery.Poster.Outcome;
import io.carillon.events.Mail;
import io.carillon.events.RawJson;
import io.carillon.events.Request.Recover;
import io.carillon.session.Subscriptions.Wish;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens to connections that cannot be reached, and to nobody else. */
class LossTest {

    private final World world = new World(HISTORY);

    @BeforeEach
    void setUp() {
        world.connect("a", "b");
        world.subscribe("a", "b");
        world.deliver();
        world.forgetSeen();
    }

    @Test
    void shouldForgetAConnectionThatIsGoneEverywhere() {
        // Given
        world.subscribe("a", new Wish("other", 9, RawJson.NONE, RawJson.NONE, RECOVERABLE, Recover.NO));
        world.deliver();
        world.forgetSeen();
        world.poster.answer("a", Outcome.GONE);

        // When
        world.publish();
        world.deliver();

        // Then
        assertThat(world.connections.find("a")).isEmpty();
        assertThat(world.row("a")).isEmpty();
        assertThat(world.subscribers.in("other", 0)).isEmpty();
        assertThat(world.log.state("other").shards()).isZero();
        assertThat(world.seen("b")).containsExactly("pub 1");
    }

    @Test
    void shouldRemoveASubscriberWhoseConnectionSomebodyElseForgot() {
        // Given: the farewell was lost
        world.connections.close("a");
        world.poster.answer("a", Outcome.GONE);

        // When
        world.publish();
        world.deliver();

        // Then
        assertThat(world.row("a")).isEmpty();
        assertThat(world.seen("b")).containsExactly("pub 1");
    }

    @Test
    void shouldAskForNothingMoreWhereSomebodyElseHasForgottenAWholeShard() {
        // Given: a network failed, $disconnect came for each, and their farewells are far behind in the mailbox
        for (String id : List.of("a", "b")) {
            world.connections.close(id);
            world.poster.answer(id, Outcome.GONE);
        }
        int sent = world.mailboxes.sent().size();

        // When
        world.publish();
        world.deliver();

        // Then
        assertThat(world.allRows()).isEmpty();
        assertThat(world.mailboxes.sent()).as("the publication alone").hasSize(sent + 1);
    }

    @Test
    void shouldShowTheOthersThatSomebodyIsGoneInItsPlaceAmongThePublications() {
        // Given
        world.connect("c");
        world.subscribe("c", World.JOIN_LEAVE, Recover.NO);
        world.connect("d");
        world.subscribe("d", World.JOIN_LEAVE, Recover.NO);
        world.deliver();
        world.forgetSeen();
        world.connections.close("d");
        world.poster.answer("d", Outcome.GONE);

        // When
        world.publish();
        world.deliver();
        world.publish();
        world.deliver();

        // Then
        assertThat(world.row("d")).isEmpty();
        assertThat(world.seen("c")).containsExactly("pub 1", "leave d", "pub 2");
    }

    @Test
    void shouldSendNothingMoreToWhoMissedSomethingBecauseItWasTakenForGone() {
        // Given: the next publication waits before the farewell
        World single = new World(HISTORY, 1000, () -> 1);
        single.connect("a", "b");
        single.subscribe("a", "b");
        single.deliver();
        single.forgetSeen();
        single.publish(2);
        single.poster.answer("a", Outcome.GONE);
        single.mailboxes.deliverOne(single.deliverer::deliver);

        // When
        single.poster.answer("a", Outcome.DELIVERED);
        single.deliver();

        // Then
        assertThat(single.seen("a")).isEmpty();
        assertThat(single.row("a")).isEmpty();
        assertThat(single.seen("b")).containsExactly("pub 1", "pub 2");
    }

    @Test
    void shouldSendAwayWhoIsBackedUpAndPostNothingMoreUntilItReturns() {
        // Given
        world.poster.answer("a", Outcome.BACKED_UP);
        world.publish(2);
        world.deliver();

        // Then
        assertThat(world.entry("a").orElseThrow().state()).isEqualTo(Entry.State.AWAY);
        assertThat(world.row("a").orElseThrow().away()).isTrue();
        assertThat(world.poster.closed()).as("not even the push went through").containsExactly("a");
        assertThat(world.seen("b")).containsExactly("pub 1", "pub 2");

        // When
        int attempts = world.poster.attempts("a");
        world.publish();
        world.deliver();

        // Then
        assertThat(world.poster.attempts("a")).isEqualTo(attempts);
    }

    @Test
    void shouldTellWhoIsBackedUpToComeBackAndRecoverAll() {
        // Given
        backUpOnce("a");
        world.publish(2);
        world.deliver();
        world.publish();
        world.deliver();

        // When
        world.subscribe("a", RECOVERABLE, world.from(0));
        world.publish();
        world.deliver();

        // Then
        assertThat(world.seen("a")).containsExactly("unsubscribe 2500", "reply 2 at 0 recovered [1, 2, 3]", "pub 4");
        assertThat(world.poster.closed()).isEmpty();
        assertThat(world.entry("a").orElseThrow().state()).isEqualTo(Entry.State.ACTIVE);
        assertThat(world.row("a").orElseThrow().away()).isFalse();
    }

    @Test
    void shouldTellWhoseReplyIsLostThatItFailedSoThatItNeedNotWait() {
        // Given
        world.connect("c");
        backUpOnce("c");
        world.subscribe("c");
        world.deliver();

        // When: the library tries again
        world.subscribe("c");
        world.publish();
        world.deliver();

        // Then
        assertThat(world.seen("c")).containsExactly("error 100", "unsubscribe 2500", "reply 2 at 0", "pub 1");
    }

    @Test
    void shouldLetInWhoAnswersThePushAtOnce() {
        // Given: the client subscribes again as soon as it has the push, before the delivery ends
        world.poster.answer("a", Outcome.BACKED_UP);
        world.faults.onceBefore("Connections.swap", () -> world.poster.answer("a", Outcome.DELIVERED));
        world.faults.passed();
        world.publish();
        world.mailboxes.deliverOne((channel, shard, batch, isRepeated) -> {
            world.deliverer.deliver(channel, shard, batch, isRepeated);
            world.subscribe("a", RECOVERABLE, world.from(0));
        });

        // When
        world.deliver();
        world.publish();
        world.deliver();

        // Then
        assertThat(world.faults.passed())
                .containsSubsequence("after Connections.swap", "before Poster.post", "before Subscribers.put");
        assertThat(world.seen("a")).containsExactly("unsubscribe 2500", "reply 2 at 0 recovered [1]", "pub 2");
    }

    @Test
    void shouldAllowTheReturnAlthoughTheExpiryChangesMeanwhile() {
        // Given
        backUpOnce("a");
        world.publish();
        world.faults.onceBefore("Connections.swap", () -> {
            Entry entry = world.entry("a").orElseThrow();
            world.connections.swap("a", CHANNEL, Optional.of(entry), entry.expiring(99), Set.of());
            world.poster.answer("a", Outcome.DELIVERED);
        });

        // When
        world.deliver();

        // Then
        assertThat(world.entry("a").orElseThrow().state()).isEqualTo(Entry.State.AWAY);
        assertThat(world.entry("a").orElseThrow().expireAt()).isEqualTo(99);
    }

    @Test
    void shouldLeaveAloneWhoHasUnsubscribedMeanwhile() {
        // Given
        backUpOnce("a");
        world.publish();
        world.unsubscribe("a");

        // When
        world.deliver();

        // Then
        assertThat(world.entry("a").orElseThrow().state()).isEqualTo(Entry.State.LEFT);
        assertThat(world.row("a")).isEmpty();
        assertThat(world.poster.closed()).isEmpty();
    }

    @Test
    void shouldCloseTheConnectionWhenItsFarewellCannotBeDelivered() {
        // Given
        world.poster.answer("a", Outcome.BACKED_UP);
        world.unsubscribeByServer("a");

        // When
        world.deliver();

        // Then
        assertThat(world.poster.closed()).containsExactly("a");
        assertThat(world.row("a")).isEmpty();
    }

    @Test
    void shouldStopAtTheFirstFrameThatDoesNotGetThrough() {
        // Given
        String large = "\"" + "x".repeat(100_000) + "\"";
        world.publish(large);
        world.publish(large);
        world.publish(large);
        world.poster.answer("a", Outcome.BACKED_UP);

        // When
        world.deliver();

        // Then
        assertThat(world.poster.attempts("a"))
                .as("one frame of three, and the push")
                .isEqualTo(2);
        assertThat(world.seen("b")).containsExactly("pub 1", "pub 2", "pub 3");
    }

    @Test
    void shouldJustLoseItWhereThereIsNoHistory() {
        // Given
        World plain = new World(NO_HISTORY);
        plain.connect("a");
        plain.subscribe("a", PLAIN, Recover.NO);
        plain.deliver();
        plain.poster.answer("a", Outcome.BACKED_UP);
        plain.publish("1");
        plain.deliver();
        plain.poster.answer("a", Outcome.DELIVERED);

        // When
        plain.publish("2");
        plain.deliver();

        // Then
        assertThat(plain.seen("a")).containsExactly("reply 1 at 0", "pub 2");
        assertThat(plain.poster.closed()).isEmpty();
    }

    @Test
    void shouldCloseTheConnectionWhenAReplyIsLostWhereThereIsNoHistory() {
        // Given
        World plain = new World(NO_HISTORY);
        plain.connect("a");
        plain.poster.answer("a", Outcome.BACKED_UP);
        plain.subscribe("a", PLAIN, Recover.NO);

        // When
        plain.deliver();

        // Then
        assertThat(plain.poster.closed()).containsExactly("a");
    }

    @Test
    void shouldNotLoseTheConnectionsRowWhenItsFarewellsCannotBeSent() {
        // Given
        world.poster.answer("a", Outcome.GONE);
        world.publish();

        // When
        world.faults.crashWhen(new Faults.Nth("before Mailboxes.send", 2));
        assertThatThrownBy(world::deliver).isInstanceOf(Faults.Crash.class);

        // Then
        assertThat(world.connections.find("a")).isPresent();
        world.deliver();
        assertThat(world.connections.find("a")).isEmpty();
        assertThat(world.row("a")).isEmpty();
        assertThat(world.mailboxes.sent())
                .filteredOn(Mail.Unsubscribe.class::isInstance)
                .hasSize(1);
    }

    private void backUpOnce(String id) {
        world.poster.answer(id, Outcome.BACKED_UP);
        world.faults.onceBefore("Connections.swap", () -> world.poster.answer(id, Outcome.DELIVERED));
    }
}
