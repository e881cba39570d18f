package io.carillon.local.eventsource;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sqs.model.Message;

class BatchOutcomeTest {

    private static final ReceivedBatch BATCH = new ReceivedBatch(
            Stream.of("a", "b", "c")
                    .map(id -> Message.builder().messageId(id).build())
                    .toList(),
            0);

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "{}", "{\"batchItemFailures\":[]}", "{\"batchItemFailures\":null}"})
    void shouldSucceedWhenAnswerNamesNoFailure(String answer) {
        assertThat(outcome(answer).failed()).isEmpty();
    }

    @Test
    void shouldFailOnlyTheMessagesThatAnswerNames() {
        assertThat(outcome("{\"batchItemFailures\":[{\"itemIdentifier\":\"b\"},{\"itemIdentifier\":\"c\"}]}")
                        .failed())
                .containsExactlyInAnyOrder("b", "c");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"batchItemFailures\":[{\"itemIdentifier\":\"\"}]}",
                "{\"batchItemFailures\":[{\"itemIdentifier\":null}]}",
                "{\"batchItemFailures\":[{\"id\":\"a\"}]}",
                "{\"batchItemFailures\":[{\"itemIdentifier\":\"a\"},{\"itemIdentifier\":\"unknown\"}]}",
                "{\"batchItemFailures\":\"a\"}",
                "\"done\"",
                "{\"batchItemFailures\":["
            })
    void shouldFailWholeBatchWhenAnswerCannotBeUnderstood(String answer) {
        assertThat(outcome(answer).failed()).containsAll(List.of("a", "b", "c"));
    }

    private static BatchOutcome outcome(String answer) {
        return BatchOutcome.of(answer.getBytes(StandardCharsets.UTF_8), BATCH);
    }
}
