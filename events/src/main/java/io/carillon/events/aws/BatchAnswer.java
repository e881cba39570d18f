package io.carillon.events.aws;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.carillon.events.Json;
import java.util.List;

/**
 * Tells Lambda which messages of a {@link QueueEvent} to put back; needs {@code ReportBatchItemFailures} on the event
 * source. For a FIFO queue it must name the first failure of a group and everything of that group behind it, or the
 * order is lost.
 */
public record BatchAnswer(
        @JsonInclude(JsonInclude.Include.ALWAYS) List<Failure> batchItemFailures) {

    /** Every message is done. */
    public static final BatchAnswer DONE = new BatchAnswer(List.of());

    public BatchAnswer {
        batchItemFailures = List.copyOf(batchItemFailures);
    }

    /** One message to put back, by its {@code messageId}. */
    public record Failure(String itemIdentifier) {}

    /** Puts back these messages. */
    public static BatchAnswer failed(List<String> messageIds) {
        return new BatchAnswer(messageIds.stream().map(Failure::new).toList());
    }

    /** Writes what the function returns. */
    public String write() {
        return Json.write(this);
    }
}
