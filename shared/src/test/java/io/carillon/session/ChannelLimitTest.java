package io.carillon.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.config.ChannelOptions;
import io.carillon.connection.Connection;
import io.carillon.connection.Connections.Change;
import io.carillon.connection.Entry;
import io.carillon.events.RawJson;
import io.carillon.events.Request.Recover;
import io.carillon.events.SubscribeOptions;
import io.carillon.events.SubscribeOverride;
import io.carillon.fakes.Crowd;
import io.carillon.session.Subscriptions.Outcome;
import io.carillon.session.Subscriptions.Wish;
import io.carillon.testing.Say;
import io.carillon.testing.TestCarillon;
import io.carillon.testing.TestClient;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Frames side by side all read the row before one of them has changed it. */
class ChannelLimitTest {

    private static final int LIMIT = 5;

    private final TestCarillon carillon = TestCarillon.with(
            "\"channel_limit\":" + LIMIT,
            "\"without_namespace\":{\"allow_subscribe_for_client\":true,\"presence\":true}");
    private final TestClient alice = carillon.connect("alice");
    private final Subscriptions subscriptions = new Subscriptions(
            carillon.connections(), carillon.ports().log(), carillon.mailboxes(), carillon.clock(), LIMIT);

    @Test
    void shouldHoldWhenSubscribeFramesSideBySideHaveReadTheSameRow() {
        // Given
        Connection read = carillon.row(alice);

        // When
        List<Outcome> outcomes = IntStream.range(0, 40)
                .mapToObj(n -> subscriptions.subscribe(read, wish(n + 2, "c" + n)))
                .toList();

        // Then
        assertThat(outcomes.subList(0, LIMIT)).containsOnly(Outcome.STARTED);
        assertThat(outcomes.subList(LIMIT, 40)).containsOnly(Outcome.LIMIT);
        assertThat(carillon.row(alice).subscriptionCount()).isEqualTo(LIMIT);
    }

    @Test
    void shouldHoldWhenFramesOfSeveralSubscribesHaveReadTheSameRow() {
        // Given
        Connection read = carillon.row(alice);

        // When
        Stream<Outcome> outcomes = IntStream.range(0, 4)
                .mapToObj(frame -> subscriptions.subscribe(
                        read,
                        IntStream.range(frame * 3, frame * 3 + 3)
                                .mapToObj(n -> wish(n + 2, "c" + n))
                                .toList()))
                .flatMap(one -> one.byChannel().values().stream());

        // Then
        assertThat(outcomes).filteredOn(Outcome.STARTED::equals).hasSize(LIMIT);
        assertThat(carillon.row(alice).subscriptionCount()).isEqualTo(LIMIT);
    }

    @Test
    void shouldHoldWhenFramesSideBySideComeBackToChannelsThatWereLeft() {
        // Given
        for (int n = 0; n < 20; n++) {
            alice.sends(Say.subscribe(2 * n + 2, "c" + n), Say.unsubscribe(2 * n + 3, "c" + n));
        }
        Connection read = carillon.row(alice);

        // When
        List<Outcome> outcomes = IntStream.range(0, 40)
                .mapToObj(n -> subscriptions.subscribe(read, wish(n + 100, "c" + n)))
                .toList();

        // Then
        assertThat(outcomes).filteredOn(Outcome.STARTED::equals).hasSize(LIMIT);
        assertThat(outcomes).filteredOn(Outcome.LIMIT::equals).hasSize(40 - LIMIT);
        assertThat(carillon.row(alice).subscriptionCount()).isEqualTo(LIMIT);
    }

    @Test
    void shouldRefuseWith106WhoeverIsTooManyOfACrowdOfFrames() {
        // Given
        FrameHandler frames = carillon.carillon().frameHandler();

        // When
        List<String> answers = Crowd.run(40, n -> () -> frames.handle(alice.id(), Say.subscribe(n + 2, "channel" + n)));
        carillon.deliver();

        // Then
        assertThat(answers)
                .filteredOn(answer -> answer.contains("\"code\":106"))
                .hasSize(40 - LIMIT);
        assertThat(alice.received())
                .filteredOn(line -> line.contains("\"subscribe\":{}"))
                .hasSize(LIMIT);
        assertThat(carillon.row(alice).subscriptionCount()).isEqualTo(LIMIT);
    }

    @Test
    void shouldSubscribeThoughTheRowRemembersMoreThanAConditionCanName() {
        // Given
        List<Change> left = IntStream.range(0, 300)
                .mapToObj(n -> new Change(
                        "left" + n,
                        Optional.empty(),
                        new Entry(1, n + 2, 0, Entry.State.LEFT, Entry.Source.CLIENT, false, 0)))
                .toList();
        carillon.connections().swapAll(alice.id(), left, Set.of());

        // When
        Outcome outcome = subscriptions.subscribe(carillon.row(alice), wish(1000, "news"));

        // Then
        assertThat(outcome).isEqualTo(Outcome.STARTED);
        assertThat(carillon.row(alice).subscriptionCount()).isEqualTo(1);
    }

    @Test
    void shouldRatherExceedThanForgetWhoTheMailboxStillHas() {
        // Given no place left, and one who takes the place of whoever leaves before the mail of the leaving fails
        IntStream.range(0, LIMIT).forEach(n -> alice.sends(Say.subscribe(n + 2, "c" + n)));
        Subscriptions failing = new Subscriptions(
                carillon.connections(),
                carillon.ports().log(),
                letters -> {
                    subscriptions.subscribe(carillon.row(alice), wish(101, "next"));
                    throw new IllegalStateException("no queue");
                },
                carillon.clock(),
                LIMIT);

        // When
        assertThatThrownBy(() -> failing.unsubscribe(alice.id(), "c0", 100, Optional.empty()))
                .hasMessage("no queue");

        // Then
        assertThat(carillon.row(alice).isSubscribedTo(Set.of("c0", "next"))).isTrue();
        assertThat(carillon.row(alice).subscriptionCount()).isEqualTo(LIMIT + 1);
        assertThat(subscriptions.subscribe(carillon.row(alice), wish(102, "more")))
                .isEqualTo(Outcome.LIMIT);
        subscriptions.unsubscribe(alice.id(), "c0", 103, Optional.empty());
        assertThat(subscriptions.subscribe(carillon.row(alice), wish(104, "more")))
                .isEqualTo(Outcome.LIMIT);
        subscriptions.unsubscribe(alice.id(), "c1", 105, Optional.empty());
        assertThat(subscriptions.subscribe(carillon.row(alice), wish(106, "more")))
                .isEqualTo(Outcome.STARTED);
    }

    private static Wish wish(long command, String channel) {
        SubscribeOptions options = Subscriptions.settle(ChannelOptions.DEFAULTS, SubscribeOverride.NONE, 0);
        return new Wish(channel, command, RawJson.NONE, RawJson.NONE, options, Recover.NO);
    }
}
