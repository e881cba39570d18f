package io.carillon.sqs;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;

/** Takes batches, and refuses single messages of them when a test says so. */
final class FakeSqs implements SqsClient {

    private final List<List<SendMessageBatchRequestEntry>> calls = new ArrayList<>();
    private final List<SendMessageBatchRequestEntry> taken = new ArrayList<>();
    private final Set<String> refused = new HashSet<>();

    /** Refuses the next message of a group. */
    synchronized void refuseOnce(String group) {
        refused.add(group);
    }

    synchronized List<List<SendMessageBatchRequestEntry>> calls() {
        return List.copyOf(calls);
    }

    synchronized List<SendMessageBatchRequestEntry> taken() {
        return List.copyOf(taken);
    }

    @Override
    public synchronized SendMessageBatchResponse sendMessageBatch(SendMessageBatchRequest request) {
        calls.add(request.entries());
        List<BatchResultErrorEntry> failed = new ArrayList<>();
        for (SendMessageBatchRequestEntry entry : request.entries()) {
            if (refused.remove(entry.messageGroupId())) {
                failed.add(BatchResultErrorEntry.builder()
                        .id(entry.id())
                        .code("InternalError")
                        .senderFault(false)
                        .build());
            } else {
                taken.add(entry);
            }
        }
        return SendMessageBatchResponse.builder().failed(failed).build();
    }

    @Override
    public String serviceName() {
        return SERVICE_NAME;
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
