package io.carillon.delivery;

import static io.carillon.delivery.World.CHANNEL;
import static io.carillon.delivery.World.HISTORY;
import static io.carillon.delivery.World.NO_HISTORY;
import static io.carillon.delivery.World.PLAIN;
import static io.carillon.delivery.World.RECOVERABLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.connection.Entry;
import io.carillon.delivery.Mailboxes.Letter;
import io.carillon.events.ClientInfo;
import io.carillon.events.Mail;
import io.carillon.events.RawJson;
import io.carillon.events.Request.Recover;
import io.carillon.events.SubscribeOptions;
import io.carillon.session.Subscriptions.Wish;
import io.carillon.testing.Say;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SubscribeTest {

    private static final SubscribeOptions REJECTING =
            new SubscribeOptions(true, true, true, false, false, true, 0, true);

    private final World world = new World(HISTORY);

    @BeforeEach
    void setUp() {
        world.connect("a", "b");
    }

    @Test
    void shouldAnswerBeforeAnyPublicationAndLoseNoneBetween() {
        // Given
        world.subscribe("b");
        world.deliver();
        world.publish(2);
        world.subscribe("a");
        world.publish(2);

        // When
        world.deliver();

        // Then
        assertThat(world.seen("a")).containsExactly("reply 1 at 2", "pub 3", "pub 4");
        assertThat(world.seen("b")).containsExactly("reply 1 at 0", "pub 1", "pub 2", "pub 3", "pub 4");
    }

    @Test
    void shouldStartAtTheTopWhenTheFirstSubscriberComes() {
        // Given
        world.publish(3);
        world.subscribe("a");
        world.publish(2);

        // When
        world.deliver();
        world.publish();
        world.deliver();

        // Then
        assertThat(world.seen("a")).containsExactly("reply 1 at 5", "pub 6");
    }

    @Test
    void shouldRecoverExactlyAndGiveTheRequestedOffset() {
        // Given
        world.publish(4);
        world.subscribe("a", RECOVERABLE, world.from(2));

        // When
        world.deliver();
        world.publish();
        world.deliver();

        // Then
        assertThat(world.seen("a")).containsExactly("reply 1 at 2 recovered [3, 4]", "pub 5");
    }

    @Test
    void shouldSayAllThatTheReplyHasTo() {
        // Given
        world.publish(1);
        long expireAt = world.clock.seconds() + 90;
        SubscribeOptions expiring = new SubscribeOptions(true, true, true, false, false, false, expireAt, true);
        world.subscribe("a", new Wish(CHANNEL, 7, RawJson.NONE, RawJson.of("{\"hi\": 1.0}"), expiring, world.from(0)));

        // When
        world.deliver();

        // Then
        String epoch = world.log.state(CHANNEL).epoch();
        assertThat(world.poster.frames("a"))
                .containsExactly(
                        "{\"id\":7,\"subscribe\":{\"expires\":true,\"ttl\":90,\"recoverable\":true,\"epoch\":\""
                                + epoch + "\",\"publications\":[{\"data\":{},\"offset\":1,\"time\":"
                                + world.clock.millis()
                                + "}],\"recovered\":true,\"positioned\":true,\"data\":{\"hi\": 1.0},\"was_recovering\":true}}");
    }

    @Test
    void shouldTellThePositionWhenPositionedButNotRecoverable() {
        // Given
        world.publish(3);
        SubscribeOptions positioned = new SubscribeOptions(true, false, true, false, false, false, 0, true);
        world.subscribe("a", positioned, world.from(1));

        // When
        world.deliver();

        // Then
        assertThat(world.poster.lines("a"))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .contains("\"positioned\":true", "\"offset\":3", "\"was_recovering\":true")
                        .doesNotContain("recovered", "recoverable", "publications"));
    }

    @Test
    void shouldTellNoPositionWhenNeitherIsWanted() {
        // Given
        world.publish(3);
        world.subscribe("a", PLAIN, Recover.NO);

        // When
        world.deliver();

        // Then
        assertThat(world.poster.frames("a")).containsExactly("{\"id\":1,\"subscribe\":{}}");
    }

    @Test
    void shouldGiveNoPartWhenRecoveryIsImpossible() {
        // Given
        world.publish(4);
        world.subscribe("a", RECOVERABLE, new Recover(true, 2, "other"));
        world.subscribe("b", RECOVERABLE, world.from(9));

        // When
        world.deliver();

        // Then
        assertThat(world.seen("a")).containsExactly("reply 1 at 4 unrecovered");
        assertThat(world.seen("b")).containsExactly("reply 1 at 4 unrecovered");
    }

    @Test
    void shouldRecoverInPartsWhenOneFrameCannotHoldIt() {
        // Given
        String large = "\"" + "x".repeat(50_000) + "\"";
        for (int i = 0; i < 7; i++) {
            world.publish(large);
        }
        world.subscribe("a", RECOVERABLE, world.from(0));
        world.publish("1");

        // When
        world.deliver();
        world.publish("2");
        world.deliver();

        // Then
        assertThat(world.seen("a"))
                .containsExactly(
                        "reply 1 at 0 recovered [1, 2]", "pub 3", "pub 4", "pub 5", "pub 6", "pub 7", "pub 8", "pub 9");
    }

    @Test
    void shouldRefuseAndNotSubscribeWhenAGapIsRejected() {
        // Given
        world.publish(4);
        world.subscribe("a", REJECTING, new Recover(true, 2, "other"));

        // When
        world.deliver();
        world.publish();
        world.deliver();

        // Then
        assertThat(world.seen("a")).containsExactly("error 112");
        assertThat(world.entry("a"))
                .hasValueSatisfying(entry -> assertThat(entry.state()).isEqualTo(Entry.State.LEFT));
        assertThat(world.row("a")).isEmpty();
        assertThat(world.shardCount()).isZero();
    }

    @Test
    void shouldSubscribeWhenThereIsNoGapToReject() {
        // Given
        world.publish(2);
        world.subscribe("a", REJECTING, world.from(1));
        world.subscribe("b", REJECTING, Recover.NO);

        // When
        world.deliver();

        // Then
        assertThat(world.seen("a")).containsExactly("reply 1 at 1 recovered [2]");
        assertThat(world.seen("b")).containsExactly("reply 1 at 2");
    }

    @Test
    void shouldPushTheSubscriptionAndThenWhatWasMissedWhenTheServerSubscribes() {
        // Given
        world.publish(3);
        world.subscribeByServer("a", world.from(1));
        world.subscribeByServer("b", Recover.NO);

        // When
        world.deliver();
        world.publish();
        world.deliver();

        // Then
        assertThat(world.seen("a")).containsExactly("subscribe at 1", "pub 2", "pub 3", "pub 4");
        assertThat(world.seen("b")).containsExactly("subscribe at 3", "pub 4");
    }

    @Test
    void shouldGiveNothingTwiceToWhoComesFromAShardThatWasAhead() {
        // Given: mail for "b" waits, while "a" has seen it all in its former shard
        world.subscribe("b");
        world.deliver();
        world.publish(3);
        List<Mail> waiting = world.mailboxes.waiting(CHANNEL, 0);
        world.mailboxes.drain((channel, shard, batch, isRepeated) -> {});
        world.subscribe("a", RECOVERABLE, world.from(2));
        waiting.forEach(mail -> world.mailboxes.send(List.of(
                new Letter(mail, "late " + ((Mail.Published) mail).publication().offset()))));

        // When
        world.deliver();

        // Then
        assertThat(world.seen("a")).containsExactly("reply 1 at 2 recovered []", "pub 3");
        assertThat(world.seen("b")).containsExactly("reply 1 at 0", "pub 1", "pub 2", "pub 3");
    }

    @Test
    void shouldRefuseWhatNoMessageCanHold() {
        // Given
        String large = "\"" + "x".repeat(128 * 1024) + "\"";
        world.subscribe("b");
        world.subscribe("a", new Wish(CHANNEL, 1, RawJson.NONE, RawJson.of(large), RECOVERABLE, Recover.NO));
        world.connect("c", "d");
        world.subscribe("c", new Wish(CHANNEL, 1, RawJson.of(large), RawJson.NONE, RECOVERABLE, Recover.NO));
        world.subscribe("d", new Wish(CHANNEL, 0, RawJson.of(large), RawJson.NONE, RECOVERABLE, Recover.NO));

        // When
        world.deliver();

        // Then
        assertThat(world.seen("a")).containsExactly("error 106");
        assertThat(world.seen("b")).containsExactly("reply 1 at 0");
        assertThat(world.seen("c")).containsExactly("error 106");
        assertThat(world.seen("d")).containsExactly(Say.disconnect(3010, "insufficient state"));
        assertThat(world.entry("d").orElseThrow().state()).isEqualTo(Entry.State.LEFT);
    }

    @Test
    void shouldAnswerAtOnceWhereThereIsNoHistory() {
        // Given
        World plain = new World(NO_HISTORY);
        plain.connect("a");
        plain.subscribe("a", PLAIN, new Recover(true, 3, "x"));

        // When
        plain.deliver();

        // Then
        assertThat(plain.seen("a")).containsExactly("reply 1 at 0 unrecovered");
    }

    @Test
    void shouldKeepTheRowNoLongerThanAConnectionCanLive() {
        // Given
        world.subscribe("a");
        world.deliver();

        // Then
        Subscriber row = world.row("a").orElseThrow();
        assertThat(row.expireAt())
                .isEqualTo(world.clock.seconds() + Duration.ofMinutes(130).toSeconds());
        assertThat(row.info()).isEqualTo(new ClientInfo("user of a", "a", RawJson.NONE, RawJson.NONE));
    }
}
