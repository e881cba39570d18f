package io.carillon.delivery;

import static io.carillon.delivery.World.CHANNEL;
import static io.carillon.delivery.World.HISTORY;
import static io.carillon.delivery.World.NO_HISTORY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.carillon.channel.Healer;
import io.carillon.events.Request.Recover;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A publisher that died half-way leaves nothing undelivered for longer than the heartbeat takes. */
class HealerTest {

    private final World world = new World(HISTORY, 2);
    private final Healer healer =
            new Healer(world.log, world.shards, world.mailboxes, channel -> Optional.of(HISTORY), world.clock);

    @BeforeEach
    void setUp() {
        world.connect("a", "b", "c");
        world.subscribe("a", "b", "c");
        world.deliver();
        world.publish();
        world.deliver();
        world.forgetSeen();
    }

    @Test
    void shouldDeliverWhatAPublisherLeftInTheLogWhereverItDied() {
        for (int call = 1; ; call++) {
            // Given
            World fresh = new World(HISTORY, 2);
            fresh.connect("a", "b", "c");
            fresh.subscribe("a", "b", "c");
            fresh.deliver();
            fresh.forgetSeen();
            int[] left = {call};
            fresh.faults.crashWhen(point -> --left[0] == 0);
            boolean hasCrashed = catchThrowable(fresh::publish) != null;
            fresh.faults.stop();
            fresh.deliver();

            // When
            fresh.clock.advance(Duration.ofMinutes(1));
            new Healer(fresh.log, fresh.shards, fresh.mailboxes, channel -> Optional.of(HISTORY), fresh.clock)
                    .heal(CHANNEL);
            fresh.deliver();

            // Then
            boolean isInLog = !fresh.log.read(CHANNEL, "epoch1", 1, 1).isEmpty();
            List<String> expected = isInLog ? List.of("pub 1") : List.of();
            assertThat(fresh.seen("a")).as("died at call " + call).isEqualTo(expected);
            assertThat(fresh.seen("c")).as("died at call " + call).isEqualTo(expected);
            if (!hasCrashed) {
                assertThat(call).as("calls of an undisturbed publish").isGreaterThan(6);
                return;
            }
        }
    }

    @Test
    void shouldLeaveTimeToThePublisher() {
        // Given
        dieBeforeTheMailboxes();

        // When
        healer.heal(CHANNEL);

        // Then
        assertThat(world.mailboxes.waiting()).isZero();
    }

    @Test
    void shouldSendNothingTwiceNorWhatIsOnItsWay() {
        // Given
        world.publish();
        world.clock.advance(Duration.ofMinutes(2));
        int sent = world.mailboxes.sent().size();

        // When
        healer.heal(CHANNEL);
        healer.heal(CHANNEL);

        // Then
        assertThat(world.mailboxes.sent()).hasSize(sent);
    }

    @Test
    void shouldHealUpToTheLastPublicationThatIsOldEnough() {
        // Given: offset 3 was given out for nothing
        dieBeforeTheMailboxes();
        world.publishHalf();
        world.clock.advance(Duration.ofMinutes(1));

        // When
        healer.heal(CHANNEL);
        world.deliver();

        // Then
        assertThat(world.seen("a")).containsExactly("pub 2");
        assertThat(world.seen("c")).containsExactly("pub 2");
    }

    @Test
    void shouldHealTheFirstPublicationOfANewEpoch() {
        // Given
        world.clock.advance(Duration.ofHours(3));
        dieBeforeTheMailboxes();
        world.clock.advance(Duration.ofMinutes(1));

        // When
        healer.heal(CHANNEL);
        world.deliver();

        // Then
        assertThat(world.mailboxes.waiting()).isZero();
        assertThat(world.shards.load(CHANNEL, 0).delivered())
                .isEqualTo(world.log.state(CHANNEL).top());
    }

    @Test
    void shouldNotLookAtChannelsWithoutHistory() {
        // Given
        World plain = new World(NO_HISTORY);
        plain.connect("a");
        plain.subscribe("a", World.PLAIN, Recover.NO);
        plain.deliver();
        int sent = plain.mailboxes.sent().size();

        // When
        new Healer(plain.log, plain.shards, plain.mailboxes, channel -> Optional.of(NO_HISTORY), plain.clock)
                .heal(CHANNEL);

        // Then
        assertThat(plain.mailboxes.sent()).hasSize(sent);
    }

    private void dieBeforeTheMailboxes() {
        world.faults.crashAt("before Mailboxes.send");
        assertThat(catchThrowable(world::publish)).isInstanceOf(Faults.Crash.class);
    }
}
