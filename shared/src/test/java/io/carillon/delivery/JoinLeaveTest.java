package io.carillon.delivery;

import static io.carillon.delivery.World.HISTORY;
import static io.carillon.delivery.World.JOIN_LEAVE;
import static io.carillon.delivery.World.NO_HISTORY;
import static io.carillon.delivery.World.RECOVERABLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.delivery.Poster.Outcome;
import io.carillon.events.Request.Recover;
import io.carillon.events.SubscribeOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JoinLeaveTest {

    private final World world = new World(HISTORY);

    @BeforeEach
    void setUp() {
        world.connect("a", "b", "quiet");
        world.subscribe("a", JOIN_LEAVE, Recover.NO);
        world.subscribe("quiet");
        world.deliver();
        world.forgetSeen();
    }

    @Test
    void shouldTellThoseWhoAskedOfWhoComesAndGoes() {
        // When
        world.subscribe("b", JOIN_LEAVE, Recover.NO);
        world.deliver();
        world.unsubscribe("b");
        world.deliver();

        // Then
        assertThat(world.seen("a")).containsExactly("join b", "leave b");
        assertThat(world.seen("b")).containsExactly("reply 1 at 0", "join b");
        assertThat(world.poster.attempts("quiet")).isZero();
    }

    @Test
    void shouldTellNobodyOfWhoDoesNotWantIt() {
        // Given
        SubscribeOptions listeningOnly = new SubscribeOptions(true, true, true, false, true, false, 0, true);

        // When
        world.subscribe("b", listeningOnly, Recover.NO);
        world.deliver();
        world.unsubscribe("quiet");
        world.unsubscribe("b");
        world.deliver();

        // Then
        assertThat(world.seen("a")).isEmpty();
    }

    @Test
    void shouldKeepJoinsAndPublicationsInOrder() {
        // Given
        world.publish();
        world.subscribe("b", JOIN_LEAVE, Recover.NO);
        world.publish();
        world.unsubscribe("quiet");
        world.unsubscribeByServer("b");
        world.publish();

        // When
        world.deliver();

        // Then: the command of b was overtaken before it was carried out
        assertThat(world.seen("a")).containsExactly("pub 1", "pub 2", "pub 3");
        assertThat(world.seen("b")).containsExactly("unsubscribe 2000");
    }

    @Test
    void shouldAnnounceALeaveWhenTheConnectionEnds() {
        // Given
        world.subscribe("b", JOIN_LEAVE, Recover.NO);
        world.deliver();

        // When
        world.closer.forget("b");
        world.deliver();

        // Then
        assertThat(world.seen("a")).containsExactly("join b", "leave b");
        assertThat(world.seen("b")).containsExactly("reply 1 at 0", "join b");
    }

    @Test
    void shouldNotAnnounceAgainWhenSomebodyReturnsAfterALoss() {
        // Given
        world.subscribe("b", JOIN_LEAVE, Recover.NO);
        world.deliver();
        world.poster.answer("b", Outcome.BACKED_UP);
        world.publish();
        world.deliver();
        world.poster.answer("b", Outcome.DELIVERED);
        world.forgetSeen();

        // When
        world.subscribe("b", JOIN_LEAVE, world.from(0));
        world.deliver();

        // Then
        assertThat(world.seen("a")).isEmpty();
        assertThat(world.seen("b")).containsExactly("reply 2 at 0 recovered [1]");
    }

    @Test
    void shouldAnnounceALeaveWhenSomebodyDoesNotReturnAfterALoss() {
        // Given
        world.subscribe("b", JOIN_LEAVE, Recover.NO);
        world.deliver();
        world.poster.answer("b", Outcome.BACKED_UP);
        world.publish();
        world.deliver();
        world.forgetSeen();

        // When
        world.closer.forget("b");
        world.deliver();

        // Then
        assertThat(world.seen("a")).containsExactly("leave b");
    }

    @Test
    void shouldAnnounceALeaveWhenAReturningSubscriberIsRefused() {
        // Given
        SubscribeOptions rejecting = new SubscribeOptions(true, true, true, true, true, true, 0, true);
        world.subscribe("b", rejecting, Recover.NO);
        world.deliver();
        world.poster.answer("b", Outcome.BACKED_UP);
        world.publish();
        world.deliver();
        world.poster.answer("b", Outcome.DELIVERED);
        world.log.remove(World.CHANNEL);
        world.forgetSeen();

        // When
        world.subscribe("b", rejecting, world.from(0));
        world.deliver();

        // Then
        assertThat(world.seen("a")).containsExactly("leave b");
        assertThat(world.seen("b")).containsExactly("error 112");
        assertThat(world.row("b")).isEmpty();
    }

    @Test
    void shouldAnnounceWhereThereIsNoHistoryToo() {
        // Given
        World plain = new World(NO_HISTORY);
        plain.connect("a", "b");
        plain.subscribe("a", JOIN_LEAVE, Recover.NO);
        plain.deliver();
        plain.forgetSeen();

        // When
        plain.subscribe("b", JOIN_LEAVE, Recover.NO);
        plain.unsubscribe("b");
        plain.subscribe("b", JOIN_LEAVE, Recover.NO);
        plain.deliver();

        // Then
        assertThat(plain.seen("a")).containsExactly("join b");
        assertThat(plain.seen("b")).containsExactly("reply 3 at 0", "join b");
    }

    @Test
    void shouldNotAnnounceToWhoJoinsLater() {
        // When
        world.subscribe("b", RECOVERABLE, Recover.NO);
        world.deliver();
        world.unsubscribe("a");
        world.subscribe("a", JOIN_LEAVE, Recover.NO);
        world.deliver();

        // Then
        assertThat(world.seen("b")).containsExactly("reply 1 at 0");
    }
}
