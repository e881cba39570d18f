package io.carillon.delivery;

import static io.carillon.delivery.World.CHANNEL;
import static io.carillon.delivery.World.HISTORY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.carillon.channel.ChannelLog;
import io.carillon.channel.Draft;
import io.carillon.channel.LogRecord;
import io.carillon.channel.Publisher;
import io.carillon.channel.ShortCut;
import io.carillon.config.Config;
import io.carillon.events.ClientInfo;
import io.carillon.events.CloudEvent;
import io.carillon.events.Framing;
import io.carillon.events.Mail;
import io.carillon.events.Position;
import io.carillon.events.RawJson;
import io.carillon.fakes.FakeEventTopic;
import io.carillon.metrics.Metrics;
import io.carillon.topic.Announcements;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each publication that the log holds is told of in the end, and none that it does not hold. */
class EventMailTest {

    private static final Config CONFIG = Config.read("""
            {"client":{"token":{"hmac_secret_key":"secret"}},
             "channel":{"without_namespace":
               {"history_size":100,"history_ttl":"1h","carillon":{"events":["publication"]}}}}""");

    private final World world = new World(HISTORY);
    private final FakeEventTopic topic = new FakeEventTopic();
    private final Announcements announcements = new Announcements(topic, world.mailboxes, CONFIG, world.clock);
    private final Deliverer deliverer = deliverer(world, announcements);

    private static Deliverer deliverer(World world, Announcements announcements) {
        return new Deliverer(new Deliverer.Parts(
                world.log,
                world.shards,
                world.subscribers,
                world.connections,
                world.mailboxes,
                world.poster,
                world.clock,
                channel -> Optional.of(HISTORY),
                1000,
                World.RECOVERY_LIMIT,
                List.of(Duration.ofMillis(1)),
                Metrics.NONE,
                announcements));
    }

    private Publisher publisher(Mailboxes mailboxes) {
        ChannelLog log = world.faults.around(ChannelLog.class, world.log);
        return new Publisher(
                log, mailboxes, ShortCut.NONE, world.clock, Framing.MAX_MESSAGE, Metrics.NONE, announcements);
    }

    private Position publish(Mailboxes mailboxes, String key) {
        Draft draft = new Draft(RawJson.of("{}"), ClientInfo.NONE, Map.of(), key, false);
        return publisher(mailboxes).publish(CHANNEL, HISTORY, draft).position();
    }

    private Position publish() {
        return publish(world.mailboxes, "");
    }

    private void deliver() {
        world.mailboxes.drain(deliverer::deliver);
    }

    private static String id(long offset) {
        return "publication:news:epoch1:" + offset;
    }

    private List<String> held() {
        return world.log.read(CHANNEL, "epoch1", 1, 100).stream()
                .filter(LogRecord.Entry.class::isInstance)
                .map(one -> id(one.offset()))
                .toList();
    }

    private List<String> told() {
        return topic.sent().stream().map(CloudEvent::id).toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "key"})
    void shouldTellOfWhatTheLogHoldsWhereverItsPublisherDied(String key) {
        List<List<String>> outcomes = new ArrayList<>();
        boolean hasCrashed = true;
        for (int call = 1; hasCrashed; call++) {
            // Given
            EventMailTest fresh = new EventMailTest();
            int[] left = {call};
            fresh.world.faults.crashWhen(point -> --left[0] == 0);
            Mailboxes mailboxes = fresh.world.faults.around(Mailboxes.class, fresh.world.mailboxes);

            // When
            hasCrashed = catchThrowable(() -> fresh.publish(mailboxes, key)) != null;
            fresh.world.faults.stop();
            fresh.deliver();

            // Then
            List<String> told = fresh.told();
            assertThat(told).as("died at call " + call).isEqualTo(fresh.held());
            outcomes.add(told);
        }
        assertThat(outcomes).contains(List.of(), List.of(id(1)));
    }

    @Test
    void shouldTellOfOnePublicationWhenItsPublisherIsOvertaken() {
        // Given a publisher that is slow to write what it has announced
        int[] calls = {0};
        Mailboxes slow = letters -> {
            world.mailboxes.send(letters);
            if (calls[0]++ == 0) {
                deliver();
            }
        };

        // When
        Position position = publish(slow, "");
        deliver();

        // Then
        assertThat(position.offset()).isEqualTo(2);
        assertThat(told()).containsExactly(id(2));
        assertThat(held()).containsExactly(id(2));
    }

    @Test
    void shouldNotCloseOffsetsThatOthersAreAboutToWrite() {
        // Given
        publish();
        world.publishHalf();
        publish();

        // When
        deliver();

        // Then
        assertThat(told()).containsExactly(id(1), id(3));
        assertThat(world.log.read(CHANNEL, "epoch1", 2, 2)).isEmpty();
    }

    @Test
    void shouldTellAgainUntilTheTopicTakesIt() {
        // Given
        topic.onSend(events -> {
            throw new IllegalStateException("SNS is down");
        });
        publish();
        publish();
        assertThatThrownBy(this::deliver).hasMessage("SNS is down");

        // When
        topic.onSend(events -> {});
        deliver();

        // Then
        assertThat(told()).containsExactly(id(1), id(2));
    }

    @Test
    void shouldNotCloseTheOffsetOfWhatMayHaveExpired() {
        // Given
        publish();
        world.clock.advance(Duration.ofHours(3));

        // When
        deliver();

        // Then
        assertThat(told()).isEmpty();
        assertThat(world.log.read(CHANNEL, "epoch1", 1, 1)).isEmpty();
    }

    @Test
    void shouldTellOfWhatIsNoLongerHistory() {
        // Given
        publish();
        world.clock.advance(Duration.ofMinutes(90));

        // When
        deliver();

        // Then
        assertThat(told()).containsExactly(id(1));
    }

    @Test
    void shouldRefuseMailForAShard() {
        assertThatThrownBy(
                        () -> deliverer.deliver(CHANNEL, Mail.EVENTS, List.of(new Mail.Settle(CHANNEL, 0, 1)), false))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () -> deliverer.deliver(CHANNEL, 0, List.of(new Mail.Announce(CHANNEL, "epoch1", 1, 1)), false))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
