package io.carillon.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.delivery.Mailboxes.Letter;
import io.carillon.events.ClientInfo;
import io.carillon.events.Mail;
import io.carillon.events.Publication;
import io.carillon.events.RawJson;
import io.carillon.fakes.FakeClock;
import io.carillon.fakes.FakeMailboxes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FakeMailboxesTest {

    private final FakeClock clock = new FakeClock();
    private final FakeMailboxes mailboxes = new FakeMailboxes(clock);
    private final List<List<Mail>> batches = new ArrayList<>();

    @Test
    void shouldDeliverBatchesOfTenInOrderWhenDrained() {
        // Given
        List<Letter> letters =
                LongStream.rangeClosed(1, 12).mapToObj(n -> letter("a", n)).toList();
        mailboxes.send(letters);

        // When
        mailboxes.drain((channel, shard, batch, isRepeated) -> batches.add(batch));

        // Then
        assertThat(batches).extracting(List::size).containsExactly(10, 2);
        assertThat(batches.stream().flatMap(List::stream))
                .containsExactlyElementsOf(letters.stream().map(Letter::mail).toList());
    }

    @Test
    void shouldDeliverWhatTheDelivererSendsWhenDrained() {
        // Given
        mailboxes.send(List.of(letter("a", 1)));

        // When
        mailboxes.drain((channel, shard, batch, isRepeated) -> {
            batches.add(batch);
            if (channel.equals("a")) {
                mailboxes.send(List.of(letter("b", 1)));
            }
        });

        // Then
        assertThat(batches).hasSize(2);
        assertThat(mailboxes.waiting()).isZero();
    }

    @Test
    void shouldDropARepeatOnlyWithinFiveMinutes() {
        // Given
        mailboxes.send(List.of(letter("a", 1), letter("a", 1), letter("b", 1)));
        mailboxes.drain((channel, shard, batch, isRepeated) -> batches.add(batch));

        // When
        mailboxes.send(List.of(letter("a", 1)));
        int waitingWithin = mailboxes.waiting();
        clock.advance(Duration.ofMinutes(6));
        mailboxes.send(List.of(letter("a", 1)));

        // Then
        assertThat(batches).extracting(List::size).containsExactly(1, 1);
        assertThat(waitingWithin).isZero();
        assertThat(mailboxes.waiting("a", 0)).hasSize(1);
    }

    @Test
    void shouldGiveTheBatchAgainWhenTheDelivererFails() {
        // Given
        mailboxes.send(List.of(letter("a", 1), letter("a", 2)));

        // When
        assertThatThrownBy(() -> mailboxes.drain((channel, shard, batch, isRepeated) -> {
                    throw new IllegalStateException("down");
                }))
                .hasMessage("down");
        mailboxes.drain((channel, shard, batch, isRepeated) -> batches.add(batch));

        // Then
        assertThat(batches).singleElement().satisfies(batch -> assertThat(batch).hasSize(2));
    }

    private static Letter letter(String channel, long offset) {
        Publication publication =
                new Publication(offset, RawJson.of("{\"n\":" + offset + "}"), ClientInfo.NONE, Map.of(), 5);
        return new Letter(new Mail.Published(channel, 0, "e", publication), "e:" + offset);
    }
}
