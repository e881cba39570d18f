package io.carillon.longpoll;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.delivery.Poster.Outcome;
import io.carillon.fakes.FakeClock;
import io.carillon.longpoll.Outboxes.Waiting;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store of outboxes does. */
public abstract class OutboxesContract {

    private final FakeClock clock = new FakeClock();
    private final String id = PollSession.PREFIX + UUID.randomUUID();
    private Outboxes outboxes;

    protected abstract Outboxes outboxes(InstantSource time);

    @BeforeEach
    void open() {
        outboxes = outboxes(clock);
        outboxes.open(id);
    }

    @Test
    void shouldGiveMessagesInOrderAgainAndAgainUntilTheyAreAcknowledged() {
        // Given
        add("a", "b", "c");

        // When
        Waiting first = take(0);
        Waiting again = take(0);
        Waiting afterTwo = take(2);
        Waiting afterAll = take(3);

        // Then
        assertThat(first).isEqualTo(new Waiting(0, List.of("a", "b", "c"), false));
        assertThat(again).isEqualTo(first);
        assertThat(afterTwo).isEqualTo(new Waiting(2, List.of("c"), false));
        assertThat(afterAll).isEqualTo(new Waiting(3, List.of(), false));
    }

    @Test
    void shouldNumberOnWhenMessagesComeAfterOthersWereAcknowledged() {
        // Given
        add("a", "b");
        take(1);

        // When
        add("c");

        // Then
        assertThat(take(1)).isEqualTo(new Waiting(1, List.of("b", "c"), false));
        assertThat(take(3)).isEqualTo(new Waiting(3, List.of(), false));
    }

    @Test
    void shouldTakeAnAcknowledgementOfTheFutureOrThePastForWhatIsThere() {
        // Given
        add("a", "b");

        // When
        Waiting future = take(Long.MAX_VALUE);
        add("c");
        Waiting past = take(-5);

        // Then
        assertThat(future).isEqualTo(new Waiting(2, List.of(), false));
        assertThat(past).isEqualTo(new Waiting(2, List.of("c"), false));
    }

    @Test
    void shouldGiveTheSameTextTwiceWhenItWasPostedTwice() {
        // When
        add("{}", "{}", "{\"ä\":\"€\"}");

        // Then
        assertThat(take(0).messages()).containsExactly("{}", "{}", "{\"ä\":\"€\"}");
    }

    @Test
    void shouldRefuseWhatDoesNotFitAndTakeItOnceThereIsRoom() {
        // Given
        String half = "x".repeat(Outboxes.CAPACITY / 2 - Outboxes.OVERHEAD);
        add(half, half);

        // When
        Outcome refused = outboxes.add(id, "y");
        take(1);
        Outcome taken = outboxes.add(id, "y");

        // Then
        assertThat(refused).isEqualTo(Outcome.BACKED_UP);
        assertThat(taken).isEqualTo(Outcome.DELIVERED);
        assertThat(take(1).messages()).containsExactly(half, "y");
    }

    @Test
    void shouldTakeTheLargestMessageOnlyWhenNothingElseWaits() {
        // Given
        String largest = "x".repeat(128 * 1024);

        // When
        Outcome alone = outboxes.add(id, largest);
        Outcome second = outboxes.add(id, "y");
        take(1);
        add("y");
        Outcome behind = outboxes.add(id, largest);

        // Then
        assertThat(alone).isEqualTo(Outcome.DELIVERED);
        assertThat(second).isEqualTo(Outcome.BACKED_UP);
        assertThat(behind).isEqualTo(Outcome.BACKED_UP);
    }

    @Test
    void shouldGiveManySmallMessagesInPartsThatSayWhenTheyAreAll() {
        // Given
        List<String> all = IntStream.range(0, Outboxes.AT_A_TIME + 1)
                .mapToObj(Integer::toString)
                .toList();
        add(all.toArray(String[]::new));
        outboxes.close(id);

        // When
        Waiting first = take(0);
        Waiting rest = take(Outboxes.AT_A_TIME);

        // Then
        assertThat(first).isEqualTo(new Waiting(0, all.subList(0, Outboxes.AT_A_TIME), false));
        assertThat(rest)
                .isEqualTo(
                        new Waiting(Outboxes.AT_A_TIME, all.subList(Outboxes.AT_A_TIME, Outboxes.AT_A_TIME + 1), true));
    }

    @Test
    void shouldGiveWhatWaitsAndTakeNothingMoreWhenClosed() {
        // Given
        add("last words");

        // When
        outboxes.close(id);

        // Then
        assertThat(outboxes.add(id, "more")).isEqualTo(Outcome.GONE);
        assertThat(take(0)).isEqualTo(new Waiting(0, List.of("last words"), true));
        assertThat(take(1)).isEqualTo(new Waiting(1, List.of(), true));
    }

    @Test
    void shouldKnowNothingOfAConnectionThatWasRemovedOrNeverWas() {
        // Given
        add("a");

        // When
        outboxes.remove(id);
        outboxes.close(id);

        // Then
        assertThat(outboxes.take(id, 0)).isEmpty();
        assertThat(outboxes.add(id, "b")).isEqualTo(Outcome.GONE);
        assertThat(outboxes.take("lp-nobody", 0)).isEmpty();
        assertThat(outboxes.add("lp-nobody", "b")).isEqualTo(Outcome.GONE);
    }

    @Test
    void shouldBeGoneForGoodWhenItHasNotAskedForLong() {
        // Given
        clock.advance(Outboxes.PATIENCE);
        add("still there");
        clock.advance(Duration.ofSeconds(1));

        // When
        Outcome outcome = outboxes.add(id, "too late");

        // Then
        assertThat(outcome).isEqualTo(Outcome.GONE);
        assertThat(outboxes.take(id, 0)).isEmpty();
    }

    @Test
    void shouldStayAsLongAsItAsks() {
        // When
        for (Duration passed = Duration.ZERO;
                passed.compareTo(Outboxes.PATIENCE.multipliedBy(3)) < 0;
                passed = passed.plusSeconds(50)) {
            clock.advance(Duration.ofSeconds(50));
            take(0);
        }

        // Then
        assertThat(outboxes.add(id, "a")).isEqualTo(Outcome.DELIVERED);
    }

    @Test
    void shouldEndWhenAWebSocketWould() {
        // Given
        add("a");
        for (int minute = 0; minute < Outboxes.LIFETIME.toMinutes() - 1; minute++) {
            clock.advance(Duration.ofMinutes(1));
            take(1);
        }
        add("b");

        // When
        clock.advance(Duration.ofMinutes(1));

        // Then
        assertThat(outboxes.take(id, 1)).isEmpty();
        assertThat(outboxes.add(id, "c")).isEqualTo(Outcome.GONE);
    }

    private void add(String... messages) {
        for (String message : messages) {
            assertThat(outboxes.add(id, message)).isEqualTo(Outcome.DELIVERED);
        }
    }

    private Waiting take(long ack) {
        return outboxes.take(id, ack).orElseThrow();
    }
}
