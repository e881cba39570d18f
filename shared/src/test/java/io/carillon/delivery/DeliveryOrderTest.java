package io.carillon.delivery;

import static io.carillon.delivery.World.CHANNEL;
import static io.carillon.delivery.World.HISTORY;
import static io.carillon.delivery.World.NO_HISTORY;
import static io.carillon.delivery.World.PLAIN;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.delivery.Mailboxes.Letter;
import io.carillon.events.ClientInfo;
import io.carillon.events.Mail;
import io.carillon.events.Publication;
import io.carillon.events.RawJson;
import io.carillon.events.Request.Recover;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeliveryOrderTest {

    private final World world = new World(HISTORY);

    @BeforeEach
    void setUp() {
        world.connect("a", "b");
        world.subscribe("a", "b");
        world.deliver();
        world.forgetSeen();
    }

    @Test
    void shouldDeliverInOrderToEveryoneWhenAllGoesWell() {
        // When
        world.publish(25);
        world.deliver();

        // Then
        assertThat(world.seen("a")).hasSize(25).startsWith("pub 1", "pub 2").endsWith("pub 24", "pub 25");
        assertThat(world.seen("b")).isEqualTo(world.seen("a"));
    }

    @Test
    void shouldSkipWhatHasBeenDelivered() {
        // Given
        world.publish(2);
        world.deliver();

        // When
        again(1);
        again(2);
        world.deliver();

        // Then
        assertThat(world.seen("a")).containsExactly("pub 1", "pub 2");
    }

    @Test
    void shouldPutPublishersInOrderThatSentOutOfOrder() {
        // Given
        long first = world.publishHalf();
        long second = world.publishHalf();
        write(second);
        write(first);

        // When
        again(second);
        again(first);
        world.deliver();

        // Then
        assertThat(world.seen("a")).containsExactly("pub 1", "pub 2");
    }

    @Test
    void shouldFillAHoleFromTheLogWhenAPublisherDiedBeforeItSent() {
        // Given
        write(world.publishHalf());

        // When
        world.publish();
        world.deliver();

        // Then
        assertThat(world.seen("a")).containsExactly("pub 1", "pub 2");
    }

    @Test
    void shouldCloseAHoleWhenAPublisherDiedBeforeItWrote() {
        // Given
        long hole = world.publishHalf();

        // When
        world.publish();
        world.deliver();

        // Then
        assertThat(world.seen("a")).containsExactly("pub 2");
        assertThat(put(hole)).isFalse();
    }

    @Test
    void shouldReadTheLogWhenOnlyTheOffsetWasSent() {
        // Given
        write(world.publishHalf());

        // When
        send(new Publication(1, RawJson.NONE, ClientInfo.NONE, Map.of(), world.clock.millis()));
        world.deliver();

        // Then
        assertThat(world.poster.lines("a"))
                .singleElement()
                .satisfies(line -> assertThat(line).contains("\"data\":{\"at\":1}"));
    }

    @Test
    void shouldTellEveryoneToComeBackWhenWhatWasSentByOffsetHasExpired() {
        // Given
        write(world.publishHalf());
        world.clock.advance(Duration.ofMinutes(90));

        // When
        send(new Publication(1, RawJson.NONE, ClientInfo.NONE, Map.of(), world.clock.millis()));
        world.deliver();

        // Then
        assertThat(world.seen("a")).containsExactly("unsubscribe 2500");
        assertThat(world.log.tombstone(CHANNEL, world.log.state(CHANNEL).epoch(), 1))
                .as("closed as if it had never been")
                .isFalse();
    }

    @Test
    void shouldTellEveryoneToComeBackWhenTheHoleIsTooLarge() {
        // Given
        for (int i = 0; i < 1001; i++) {
            write(world.publishHalf());
        }

        // When
        world.publish(2);
        world.deliver();

        // Then
        assertThat(world.seen("a")).containsExactly("unsubscribe 2500");
        assertThat(world.seen("b")).containsExactly("unsubscribe 2500");
        assertThat(world.shards.load(CHANNEL, 0).delivered().offset()).isEqualTo(1003);
    }

    @Test
    void shouldFillALargeHoleWhenItIsWithinTheLimit() {
        // Given
        for (int i = 0; i < 1000; i++) {
            write(world.publishHalf());
        }

        // When
        world.publish();
        world.deliver();

        // Then
        assertThat(world.seen("a")).hasSize(1001).endsWith("pub 1000", "pub 1001");
    }

    @Test
    void shouldTellEveryoneToComeBackWhenTheEpochIsNew() {
        // Given
        world.publish(3);
        world.deliver();
        Recover old = world.from(3);
        world.forgetSeen();
        world.clock.advance(Duration.ofMinutes(121));

        // When
        world.publish();
        world.deliver();
        world.subscribe("a", World.RECOVERABLE, old);
        world.publish();
        world.deliver();

        // Then
        assertThat(world.seen("a")).containsExactly("unsubscribe 2500", "reply 2 at 1 unrecovered", "pub 2");
    }

    @Test
    void shouldIgnoreAStragglerOfAnEarlierEpoch() {
        // When
        world.mailboxes.send(
                List.of(new Letter(new Mail.Published(CHANNEL, 0, "earlier", publication(9)), "straggler")));
        world.publish();
        world.deliver();

        // Then
        assertThat(world.seen("a")).containsExactly("pub 1");
    }

    @Test
    void shouldDeliverAtOnceAndWithoutOffsetWhereThereIsNoHistory() {
        // Given
        World plain = new World(NO_HISTORY);
        plain.connect("a");
        plain.subscribe("a", PLAIN, Recover.NO);
        plain.deliver();

        // When
        plain.publish("1");
        plain.publish("2");
        plain.deliver();

        // Then
        assertThat(plain.seen("a")).containsExactly("reply 1 at 0", "pub 1", "pub 2");
    }

    @Test
    void shouldDropMailWhenTheNamespaceIsGoneFromTheConfig() {
        // Given
        world.publish();
        world.change(Optional.empty());

        // When
        world.deliver();

        // Then
        assertThat(world.seen("a")).isEmpty();
        assertThat(world.mailboxes.waiting()).isZero();
    }

    private Publication publication(long offset) {
        return new Publication(
                offset, RawJson.of("{\"at\":" + offset + "}"), ClientInfo.NONE, Map.of(), world.clock.millis());
    }

    private boolean put(long offset) {
        return world.log.put(CHANNEL, world.log.state(CHANNEL).epoch(), publication(offset), Duration.ofHours(1));
    }

    private void write(long offset) {
        assertThat(put(offset)).isTrue();
    }

    private void again(long offset) {
        send(publication(offset));
    }

    private void send(Publication publication) {
        Mail mail = new Mail.Published(CHANNEL, 0, world.log.state(CHANNEL).epoch(), publication);
        world.mailboxes.send(List.of(new Letter(mail, "again " + publication.offset())));
    }
}
