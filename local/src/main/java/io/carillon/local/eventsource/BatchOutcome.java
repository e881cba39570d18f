package io.carillon.local.eventsource;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.events.Json;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/**
 * Says which messages of a batch failed, and so stay in the queue; the others are deleted.
 *
 * @param failed the failed messages' ids
 */
record BatchOutcome(Set<String> failed) {

    BatchOutcome {
        failed = Set.copyOf(failed);
    }

    static BatchOutcome success() {
        return new BatchOutcome(Set.of());
    }

    static BatchOutcome failure(ReceivedBatch batch) {
        return new BatchOutcome(batch.ids());
    }

    /**
     * Reads a function's answer by the rules of {@code ReportBatchItemFailures}: nothing, null, or an empty or absent
     * list is a success; an answer that cannot be read, or that names no message of the batch, fails the batch.
     *
     * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html">Success and failure
     *     conditions</a>
     */
    static BatchOutcome of(byte[] answer, ReceivedBatch batch) {
        if (answer.length == 0) {
            return success();
        }
        JsonNode response;
        try {
            response = Json.mapper().readTree(answer);
        } catch (IOException e) {
            return failure(batch);
        }
        if (response.isNull() || response.isMissingNode()) {
            return success();
        }
        var failures = response.path("batchItemFailures");
        if (failures.isNull() || (failures.isMissingNode() && response.isObject())) {
            return success();
        }
        return failures.isArray() ? named(failures, batch) : failure(batch);
    }

    private static BatchOutcome named(JsonNode failures, ReceivedBatch batch) {
        var ids = batch.ids();
        var failed = new HashSet<String>();
        for (var item : failures) {
            var id = item.path("itemIdentifier");
            if (!id.isTextual() || !ids.contains(id.textValue())) {
                return failure(batch);
            }
            failed.add(id.textValue());
        }
        return new BatchOutcome(failed);
    }
}
