package io.carillon.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

class ConflictsTest {

    @Test
    void shouldTryAgainWhenATransactionIsInTheWay() {
        // Given
        Deque<RuntimeException> failures = new ArrayDeque<>(List.of(
                TransactionConflictException.builder().message("conflict").build(),
                cancelled("None", "TransactionConflict")));

        // When
        String result = Conflicts.retry(() -> {
            if (!failures.isEmpty()) {
                throw failures.remove();
            }
            return "done";
        });

        // Then
        assertThat(result).isEqualTo("done");
    }

    @Test
    void shouldGiveUpWithARemedyWhenItNeverGetsThrough() {
        assertThatThrownBy(() -> Conflicts.retry(() -> {
                    throw cancelled("TransactionConflict", "None");
                }))
                .isInstanceOf(StoreBusyException.class)
                .hasMessageContaining("try again");
    }

    @Test
    void shouldNotTryAgainWhenAConditionFailedOrTheRequestIsWrong() {
        for (TransactionCanceledException failure : List.of(
                cancelled("ConditionalCheckFailed", "TransactionConflict"), cancelled("None", "ValidationError"))) {
            assertThatThrownBy(() -> Conflicts.retry(() -> {
                        throw failure;
                    }))
                    .isSameAs(failure);
        }
    }

    @Test
    void shouldTellWhichConditionFailed() {
        // Given
        TransactionCanceledException failure = cancelled("None", "ConditionalCheckFailed");

        // Then
        assertThat(Conflicts.hasFailedCondition(failure, 0)).isFalse();
        assertThat(Conflicts.hasFailedCondition(failure, 1)).isTrue();
    }

    private static TransactionCanceledException cancelled(String... codes) {
        return TransactionCanceledException.builder()
                .message("cancelled")
                .cancellationReasons(Stream.of(codes)
                        .map(code -> CancellationReason.builder().code(code).build())
                        .toList())
                .build();
    }
}
