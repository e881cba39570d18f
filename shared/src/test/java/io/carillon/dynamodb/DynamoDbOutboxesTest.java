package io.carillon.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.fakes.FakeClock;
import io.carillon.longpoll.Outboxes;
import io.carillon.longpoll.OutboxesContract;
import io.carillon.parallel.Parallel;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DynamoDbOutboxesTest extends OutboxesContract {

    private static final TableNames TABLES = LocalDynamoDb.tablesFor(DynamoDbOutboxesTest.class);

    @Override
    protected Outboxes outboxes(InstantSource time) {
        return new DynamoDbOutboxes(LocalDynamoDb.client(), TABLES, time);
    }

    @Test
    void shouldLoseAndRepeatNothingWhenManyAddWhileTheClientFetches() {
        // Given
        String id = UUID.randomUUID().toString();
        Outboxes outboxes = outboxes(new FakeClock());
        outboxes.open(id);
        List<String> wanted =
                IntStream.range(0, 100).mapToObj(Integer::toString).toList();
        List<String> received = new ArrayList<>();

        // When
        Thread adding = Thread.startVirtualThread(() -> Parallel.map(wanted, message -> outboxes.add(id, message)));
        long ack = 0;
        while (adding.isAlive()
                || !outboxes.take(id, ack).orElseThrow().messages().isEmpty()) {
            List<String> messages = outboxes.take(id, ack).orElseThrow().messages();
            received.addAll(messages);
            ack += messages.size();
        }

        // Then
        assertThat(received).containsExactlyInAnyOrderElementsOf(wanted);
    }

    @Test
    void shouldTakeARepeatedWriteForOneWhenItsAnswerGotLost() {
        // Given
        String id = UUID.randomUUID().toString();
        Outboxes stuttering = new DynamoDbOutboxes(LostAnswersTest.STUTTERING, TABLES, new FakeClock());
        stuttering.open(id);

        // When
        stuttering.add(id, "once");
        stuttering.add(id, "twice");
        stuttering.add(id, "twice");
        stuttering.take(id, 1);

        // Then
        assertThat(stuttering.take(id, 1).orElseThrow().messages()).containsExactly("twice", "twice");
        assertThat(stuttering.take(id, 2).orElseThrow().messages()).containsExactly("twice");
    }
}
