package io.carillon.delivery;

import static io.carillon.delivery.World.CHANNEL;
import static io.carillon.delivery.World.HISTORY;
import static io.carillon.delivery.World.JOIN_LEAVE;
import static io.carillon.delivery.World.RECOVERABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.connection.Entry;
import io.carillon.delivery.Poster.Outcome;
import io.carillon.events.Request.Recover;
import io.carillon.events.SubscribeOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is left when a delivery dies half-way and its batch comes again. */
class CrashTest {

    private final World world = new World(HISTORY);

    @BeforeEach
    void setUp() {
        world.connect("a", "b");
        world.subscribe("a");
        world.deliver();
        world.forgetSeen();
    }

    @Test
    void shouldLoseNothingWhenItDiesBeforeItPosts() {
        // Given
        world.publish(3);
        world.deliverUntil("before Poster.post");

        // When
        world.deliver();

        // Then
        assertThat(world.seen("a")).containsExactly("pub 1", "pub 2", "pub 3");
    }

    @Test
    void shouldRepeatOnlyTheSameBatchWhenItDiesBeforeItSaves() {
        // Given
        world.publish(2);
        world.deliver();
        world.publish(2);
        world.deliverUntil("before Shards.save");

        // When
        world.publish();
        world.deliver();

        // Then
        assertThat(world.seen("a")).containsExactly("pub 1", "pub 2", "pub 3", "pub 4", "pub 3", "pub 4", "pub 5");
    }

    @Test
    void shouldRepeatNothingWhenItDiesAfterItHasSaved() {
        // Given
        world.publish(2);
        world.deliverUntil("after Shards.save");

        // When
        world.deliver();

        // Then
        assertThat(world.seen("a")).containsExactly("pub 1", "pub 2");
    }

    @Test
    void shouldSendNothingBeforeTheReplyWhenOnlyTheRowWasWritten() {
        // Given
        world.publish();
        world.subscribe("b", JOIN_LEAVE, world.from(0));
        world.publish();
        world.deliverUntil("after Subscribers.put");

        // When
        world.deliver();

        // Then
        assertThat(world.seen("b")).containsExactly("reply 1 at 0 recovered [1]", "join b", "pub 2");
        assertThat(world.seen("a")).containsExactly("pub 1", "pub 2");
    }

    @Test
    void shouldSendNothingBeforeTheReplyWhenTheBatchComesAgainInParts() {
        // Given
        int[] size = {10};
        World parts = new World(HISTORY, 1000, () -> size[0]);
        parts.connect("a", "b");
        parts.subscribe("a");
        parts.deliver();
        parts.publish();
        parts.subscribe("b");
        parts.publish();
        parts.deliverUntil("after Subscribers.put");

        // When
        size[0] = 1;
        parts.deliver();

        // Then
        assertThat(parts.seen("b")).containsExactly("reply 1 at 1", "pub 2");
    }

    @Test
    void shouldAnswerFromTheSamePositionWhenTheOpeningOfAShardIsRepeated() {
        // Given: b was answered, and what is published next is on its way to it
        World fresh = new World(HISTORY);
        fresh.connect("b");
        fresh.subscribe("b");
        fresh.deliverUntil("after Poster.post");
        fresh.publish(2);

        // When
        fresh.deliver();

        // Then
        assertThat(fresh.seen("b")).containsExactly("reply 1 at 0", "reply 1 at 0", "pub 1", "pub 2");
    }

    @Test
    void shouldAnswerFromTheSamePositionWhenANewEpochIsRepeated() {
        // Given
        world.clock.advance(Duration.ofMinutes(121));
        world.connect("b");
        world.publish();
        world.subscribe("b");
        world.deliverUntil("before Shards.save");
        world.publish(2);

        // When
        world.deliver();

        // Then
        assertThat(world.seen("a")).startsWith("unsubscribe 2500").containsOnly("unsubscribe 2500");
        assertThat(world.seen("b")).containsExactly("reply 1 at 1", "reply 1 at 1", "pub 2", "pub 3");
    }

    @Test
    void shouldTellEveryoneOfANewEpochWhenItDiedBeforeItDid() {
        // Given
        world.clock.advance(Duration.ofMinutes(121));
        world.publish();
        world.deliverUntil("before Poster.post");

        // When
        world.deliver();

        // Then
        assertThat(world.seen("a")).containsExactly("unsubscribe 2500");
        assertThat(world.row("a").orElseThrow().away()).isTrue();
    }

    @Test
    void shouldStillSayGoodbyeWhenItDiedBeforeItDid() {
        // Given
        world.subscribe("b", JOIN_LEAVE, Recover.NO);
        world.connect("c");
        world.subscribe("c", JOIN_LEAVE, Recover.NO);
        world.deliver();
        world.forgetSeen();
        world.unsubscribeByServer("b");
        world.deliverUntil("before Poster.post");

        // When
        world.deliver();

        // Then
        assertThat(world.seen("b")).containsExactly("unsubscribe 2000");
        assertThat(world.seen("c")).containsExactly("leave b");
        assertThat(world.row("b")).isEmpty();
    }

    @Test
    void shouldAnnounceAJoinOnceToOtherShardsWhenItIsRepeated() {
        // Given
        World two = new World(HISTORY, 1);
        two.connect("a", "b");
        two.subscribe("a", JOIN_LEAVE, Recover.NO);
        two.deliver();
        two.subscribe("b", JOIN_LEAVE, Recover.NO);
        two.forgetSeen();
        two.faults.crashWhen(new Faults.Nth("before Shards.save", 2));
        assertThatThrownBy(two::deliver).isInstanceOf(Faults.Crash.class);

        // When
        two.deliver();

        // Then
        assertThat(two.seen("a")).containsExactly("join b");
        assertThat(two.seen("b")).contains("join b");
    }

    @Test
    void shouldStillSendAwayWhenItDiedBeforeItTold() {
        // Given
        world.poster.answer("a", Outcome.BACKED_UP);
        world.publish();
        world.deliverUntil("after Connections.swap");
        world.faults.onceBefore("Connections.find", () -> world.poster.answer("a", Outcome.DELIVERED));

        // When
        world.deliver();
        world.subscribe("a", RECOVERABLE, world.from(0));
        world.deliver();

        // Then
        assertThat(world.seen("a")).containsExactly("unsubscribe 2500", "reply 2 at 0 recovered [1]");
    }

    @Test
    void shouldAnswerWhoWasSentAwayBeforeItWasAnswered() {
        // Given: the reply did not get through, and the delivery died before it could say so
        world.subscribe("b");
        world.poster.answer("b", Outcome.BACKED_UP);
        world.deliverUntil("after Connections.swap");
        world.poster.answer("b", Outcome.DELIVERED);

        // When
        world.deliver();
        world.publish();
        world.deliver();

        // Then
        assertThat(world.seen("b")).containsExactly("reply 1 at 0", "pub 1");
    }

    @Test
    void shouldLetInByOneShardOnlyWhenPassingOnIsRepeated() {
        // Given: the first attempt passed b on to shard 1, which c fills before the second
        World two = new World(HISTORY, 1);
        two.connect("a", "b", "c");
        two.subscribe("a");
        two.deliver();
        two.subscribe("b");
        two.deliverUntil("after Connections.swap");
        two.subscribe("c");

        // When
        two.deliver();
        two.publish();
        two.deliver();

        // Then
        assertThat(two.rows("b")).isEqualTo(1);
        assertThat(two.seen("b")).containsExactly("reply 1 at 0", "pub 1");
        assertThat(two.seen("c")).containsExactly("reply 1 at 0", "pub 1");
    }

    @Test
    void shouldReachWhoComesAfterAShardThatAFailedDeliveryClosed() {
        // Given
        world.unsubscribe("a");
        world.deliverUntil("after ChannelLog.closeShard");
        world.subscribe("b");

        // When
        world.deliver();
        world.publish();
        world.deliver();

        // Then
        assertThat(world.seen("b")).containsExactly("reply 1 at 0", "pub 1");
    }

    @Test
    void shouldStillRefuseWhenItDiedBeforeItDid() {
        // Given
        SubscribeOptions rejecting = new SubscribeOptions(true, true, true, false, false, true, 0, true);
        world.subscribe("b", rejecting, new Recover(true, 1, "other"));
        world.deliverUntil("after Connections.swap");

        // When
        world.deliver();

        // Then
        assertThat(world.seen("b")).containsExactly("error 112");
        assertThat(world.entry("b").orElseThrow().state()).isEqualTo(Entry.State.LEFT);
    }

    @Test
    void shouldSendNoMoreToWhoIsUnsubscribedBetweenTheAttempts() {
        // Given: b has been answered by the first attempt; the second finds that it is to go
        World three = new World(HISTORY, 1000, () -> 3);
        three.connect("a", "b");
        three.subscribe("a");
        three.deliver();
        three.publish();
        three.subscribe("b");
        three.deliverUntil("before Shards.save");
        three.publish(2);
        three.unsubscribeByServer("b");

        // When
        three.deliver();

        // Then: no publication after a gap
        assertThat(three.seen("b")).containsExactly("reply 1 at 1", "unsubscribe 2000");
        assertThat(three.row("b")).isEmpty();
    }

    @Test
    void shouldSendNothingBeforeTheReplyWhenItDiedBeforeItNotedWhoWasSentAway() {
        // Given
        world.poster.answer("a", Outcome.BACKED_UP);
        world.publish();
        world.faults.onceBefore("Connections.swap", () -> {
            world.poster.answer("a", Outcome.DELIVERED);
            world.faults.crashAt("before Subscribers.put");
        });
        assertThatThrownBy(world::deliver).isInstanceOf(Faults.Crash.class);
        world.subscribe("a", RECOVERABLE, world.from(0));

        // When
        world.deliver();

        // Then
        assertThat(world.seen("a")).containsExactly("unsubscribe 2500", "reply 2 at 0 recovered [1]");
    }

    @Test
    void shouldSendAllThatIsDueBeforeAnotherShardAnswers() {
        // Given: b leaves shard 0, loses its place there to c, and returns; all in one batch
        World two = new World(HISTORY, 2);
        two.connect("a", "b", "c");
        two.subscribe("a", "b");
        two.deliver();
        two.publish();
        two.unsubscribe("b");
        two.subscribe("c");
        two.subscribe("b");
        List<Integer> passedOn = new ArrayList<>();
        two.faults.follow(point -> {
            if (point.equals("before Poster.post")) {
                passedOn.add(two.mailboxes.waiting(CHANNEL, 1).size());
            }
            return false;
        });

        // When
        two.mailboxes.deliverOne(two.deliverer::deliver);

        // Then
        assertThat(passedOn).isNotEmpty().containsOnly(0);
        assertThat(two.mailboxes.waiting(CHANNEL, 1)).hasSize(1);
    }

    @Test
    void shouldFailAndRepeatWhenAnotherDelivererSavedFirst() {
        // Given
        world.publish(2);
        world.faults.onceBefore("Shards.save", () -> {
            ShardState now = world.shards.load(CHANNEL, 0);
            world.shards.save(CHANNEL, 0, new ShardState(now.delivered(), now.size(), now.open(), now.version() + 1));
        });

        // When
        assertThatThrownBy(world::deliver).hasMessageContaining("Another deliverer");
        world.deliver();

        // Then
        assertThat(world.seen("a")).containsExactly("pub 1", "pub 2", "pub 1", "pub 2");
    }
}
