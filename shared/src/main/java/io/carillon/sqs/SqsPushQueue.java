package io.carillon.sqs;

import io.carillon.events.Framing;
import io.carillon.events.Json;
import io.carillon.events.PushJob;
import io.carillon.push.PushQueue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** Sends push jobs to a standard SQS queue, ten in a call. Safe for use by several threads. */
public final class SqsPushQueue implements PushQueue {

    private final SqsClient client;
    private final String queueUrl;

    public SqsPushQueue(SqsClient client, String queueUrl) {
        this.client = client;
        this.queueUrl = queueUrl;
    }

    /**
     * {@inheritDoc}
     *
     * @throws MailNotSentException if SQS did not take all
     */
    @Override
    public void send(List<PushJob> jobs, Duration delay) {
        List<SendMessageBatchRequestEntry> entries = new ArrayList<>();
        int bytes = 0;
        for (PushJob job : jobs) {
            String body = Json.write(job);
            int size = Framing.utf8Length(body);
            if (entries.size() == Lane.MAX_ENTRIES || bytes + size > Lane.MAX_BYTES) {
                call(entries);
                entries.clear();
                bytes = 0;
            }
            entries.add(SendMessageBatchRequestEntry.builder()
                    .id(Integer.toString(entries.size()))
                    .messageBody(Envelope.legal(body))
                    .delaySeconds((int) delay.toSeconds())
                    .build());
            bytes += size;
        }
        if (!entries.isEmpty()) {
            call(entries);
        }
    }

    private void call(List<SendMessageBatchRequestEntry> entries) {
        List<SendMessageBatchRequestEntry> sent = List.copyOf(entries);
        int failed = client.sendMessageBatch(batch -> batch.queueUrl(queueUrl).entries(sent))
                .failed()
                .size();
        if (failed > 0) {
            throw new MailNotSentException("SQS refused " + failed + " of " + sent.size()
                    + " push jobs: send all again, whose names keep them from being carried out twice");
        }
    }
}
