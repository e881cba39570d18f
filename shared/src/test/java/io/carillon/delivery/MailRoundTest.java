package io.carillon.delivery;

import static io.carillon.delivery.World.CHANNEL;
import static io.carillon.delivery.World.HISTORY;
import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.delivery.MailRound.Letter;
import io.carillon.delivery.Mailboxes.Receipt;
import io.carillon.delivery.Poster.Outcome;
import io.carillon.events.ClientInfo;
import io.carillon.events.Json;
import io.carillon.events.Mail;
import io.carillon.events.Publication;
import io.carillon.events.RawJson;
import io.carillon.events.Request.Recover;
import io.carillon.session.Subscriptions.Wish;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MailRoundTest {

    private final World world = new World(HISTORY);
    private final List<Letter> deadLetters = new ArrayList<>();
    private final MailRound round = new MailRound(world.deliverer, deadLetters::add);

    @BeforeEach
    void setUp() {
        world.connect("a", "b");
        world.subscribe("a");
        subscribe("b", "other");
        world.deliver();
        world.forgetSeen();
    }

    @Test
    void shouldDeliverEachMailboxInTheOrderOfTheQueue() {
        // When
        List<String> failed =
                round.deliver(List.of(letter("1", CHANNEL, 1), letter("2", "other", 1), letter("3", CHANNEL, 2)));

        // Then
        assertThat(failed).isEmpty();
        assertThat(world.seen("a")).containsExactly("pub 1", "pub 2");
        assertThat(world.seen("b")).containsExactly("pub 1");
    }

    @Test
    void shouldSetAsideWhatCannotBeReadAndDeliverTheRest() {
        // Given
        Letter bad = new Letter("bad", "receipt of bad", "news#0", "{\"published\":{", 1);
        Letter unknown = new Letter(
                "unknown", "receipt of unknown", "news#0", "{\"greeting\":{\"channel\":\"news\",\"shard\":0}}", 1);

        // When
        List<String> failed = round.deliver(List.of(letter("1", CHANNEL, 1), bad, unknown, letter("2", CHANNEL, 2)));

        // Then
        assertThat(failed).isEmpty();
        assertThat(deadLetters).containsExactly(bad, unknown);
        assertThat(world.seen("a")).containsExactly("pub 1", "pub 2");
    }

    @Test
    void shouldLeaveToTheQueueWhatCanNeitherBeReadNorSetAside() {
        // Given
        MailRound broken = new MailRound(world.deliverer, letter -> {
            throw new IllegalStateException("No dead-letter queue");
        });

        // When
        List<String> failed =
                broken.deliver(List.of(new Letter("bad", "receipt of bad", "news#0", "{", 1), letter("1", CHANNEL, 1)));

        // Then
        assertThat(failed).containsExactly("bad");
        assertThat(world.seen("a")).containsExactly("pub 1");
    }

    @Test
    void shouldNotLetAMailboxThatFailsHoldUpAnother() throws InterruptedException {
        // Given: the post to a fails only after b's mailbox has been served
        CountDownLatch served = new CountDownLatch(1);
        Poster poster = new Poster() {
            @Override
            public CompletionStage<Outcome> post(String connection, byte[] message) {
                if (connection.equals("b")) {
                    served.countDown();
                    return CompletableFuture.completedFuture(Outcome.DELIVERED);
                }
                await(served);
                throw new IllegalStateException("broken");
            }

            @Override
            public CompletionStage<Void> close(String connection) {
                return CompletableFuture.completedFuture(null);
            }
        };

        // When
        List<String> failed = new MailRound(world.deliverer(poster, 10), deadLetters::add)
                .deliver(List.of(letter("1", CHANNEL, 1), letter("2", "other", 1), letter("3", CHANNEL, 2)));

        // Then
        assertThat(failed).containsExactly("1", "3");
        assertThat(world.shards.load("other", 0).delivered().offset()).isEqualTo(1);
        assertThat(world.shards.load(CHANNEL, 0).delivered().offset()).isZero();
    }

    @Test
    void shouldTryTheSecondOfTwoDeliverersThatOverlapOnceMore() {
        // Given
        List<String> failedInside = new ArrayList<>();
        world.faults.onceBefore(
                "Shards.save", () -> failedInside.addAll(round.deliver(List.of(letter("1", CHANNEL, 1)))));

        // When
        List<String> failed = round.deliver(List.of(letter("1", CHANNEL, 1)));

        // Then
        assertThat(failedInside).isEmpty();
        assertThat(failed).isEmpty();
        assertThat(world.seen("a")).containsExactly("pub 1", "pub 1");
        assertThat(world.shards.load(CHANNEL, 0).delivered().offset()).isEqualTo(1);
    }

    @Test
    void shouldTryOnceMoreAtOnceWhenADeliveryFails() {
        // Given
        world.faults.crashAt("before Poster.post");

        // When
        List<String> failed = round.deliver(List.of(letter("1", CHANNEL, 1)));

        // Then
        assertThat(failed).isEmpty();
        assertThat(world.seen("a")).containsExactly("pub 1");
    }

    @Test
    void shouldLeaveItToTheQueueWhenADeliveryFailsTwice() {
        // Given
        world.faults.follow("before Shards.save"::equals);

        // When
        List<String> failed = round.deliver(List.of(letter("1", CHANNEL, 1), letter("2", CHANNEL, 2)));

        // Then
        assertThat(failed).containsExactly("1", "2");
        assertThat(world.seen("a")).containsExactly("pub 1", "pub 2", "pub 1", "pub 2");
    }

    @Test
    void shouldHandBackWhatFailedAfterAPauseThatGrowsWithItsReceives() {
        // Given
        world.faults.follow("before Shards.save"::equals);

        // When
        round.deliver(List.of(letter("1", CHANNEL, 1), letter("2", CHANNEL, 2)));
        round.deliver(List.of(letter("1", CHANNEL, 1, 4), letter("2", CHANNEL, 2)));
        round.deliver(List.of(letter("1", CHANNEL, 1, 9)));

        // Then
        assertThat(world.mailboxes.handedBack())
                .containsExactly(
                        new Receipt("receipt of 1", Duration.ofSeconds(1)),
                        new Receipt("receipt of 2", Duration.ofSeconds(1)),
                        new Receipt("receipt of 1", Duration.ofSeconds(8)),
                        new Receipt("receipt of 2", Duration.ofSeconds(8)),
                        new Receipt("receipt of 1", Duration.ofSeconds(30)));
    }

    @Test
    void shouldLeaveItToTheQueueWhenItCannotBeHandedBack() {
        // Given
        world.faults.follow(point -> point.equals("before Shards.save") || point.equals("before Mailboxes.handBack"));

        // Then
        assertThat(round.deliver(List.of(letter("1", CHANNEL, 1)))).containsExactly("1");
    }

    @Test
    void shouldNotTryOnceMoreWhenInterrupted() {
        // Given: as a function is stopped
        world.faults.follow(point -> {
            boolean isHit = point.equals("before Shards.save");
            if (isHit) {
                Thread.currentThread().interrupt();
            }
            return isHit;
        });

        // When
        List<String> failed = round.deliver(List.of(letter("1", CHANNEL, 1)));

        // Then
        assertThat(Thread.interrupted()).isTrue();
        assertThat(failed).containsExactly("1");
        assertThat(world.mailboxes.handedBack()).isEmpty();
        assertThat(world.seen("a")).containsExactly("pub 1");
    }

    private void subscribe(String id, String channel) {
        world.subscriptions.subscribe(
                id, new Wish(channel, 1, RawJson.NONE, RawJson.NONE, World.RECOVERABLE, Recover.NO));
    }

    private Letter letter(String id, String channel, long offset) {
        return letter(id, channel, offset, 1);
    }

    private Letter letter(String id, String channel, long offset, int receiveCount) {
        Publication publication =
                new Publication(offset, RawJson.of("{}"), ClientInfo.NONE, Map.of(), world.clock.millis());
        String epoch = world.log.state(channel).epoch();
        String body = Json.write(new Mail.Published(channel, 0, epoch, publication));
        return new Letter(id, "receipt of " + id, channel + "#0", body, receiveCount);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
