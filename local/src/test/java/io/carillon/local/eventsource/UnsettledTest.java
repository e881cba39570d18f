package io.carillon.local.eventsource;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

class UnsettledTest {

    private static final Instant NOW = Instant.parse("2026-11-24T21:00:00Z");

    private final Unsettled unsettled = new Unsettled(3, () -> NOW);

    @Test
    void shouldTellTheAgeOfTheOldestThatIsNotDeleted() {
        // Given
        ReceivedBatch batch = batch(message("a", 20, 1), message("b", 7, 1));
        unsettled.received(batch);
        assertThat(unsettled.oldest()).isEqualTo(Duration.ofSeconds(20));

        // When
        unsettled.settled(batch, new BatchOutcome(Set.of("b")));

        // Then
        assertThat(unsettled.oldest()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void shouldForgetWhatFailedForTheLastTime() {
        // Given
        ReceivedBatch batch = batch(message("a", 20, 3));
        unsettled.received(batch);

        // When
        unsettled.settled(batch, BatchOutcome.failure(batch));

        // Then
        assertThat(unsettled.oldest()).isZero();
    }

    @Test
    void shouldTellNoNegativeAgeWhenTheQueuesClockIsAhead() {
        unsettled.received(batch(message("a", -5, 1)));

        assertThat(unsettled.oldest()).isZero();
    }

    private static ReceivedBatch batch(Message... messages) {
        return new ReceivedBatch(List.copyOf(Arrays.asList(messages)), System.nanoTime());
    }

    private static Message message(String id, long age, int receives) {
        return Message.builder()
                .messageId(id)
                .body("")
                .attributes(Map.of(
                        MessageSystemAttributeName.SENT_TIMESTAMP,
                        Long.toString(NOW.minusSeconds(age).toEpochMilli()),
                        MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT,
                        Integer.toString(receives)))
                .build();
    }
}
