package io.carillon.sqs;

import io.carillon.delivery.Mailboxes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/**
 * Sends to mailboxes that are message groups of one SQS FIFO queue: ten mailboxes per call, the calls for different
 * mailboxes side by side. Several messages for one mailbox go out one after another, each when the one before was taken.
 *
 * <p>Safe for use by several threads.
 */
public final class SqsMailboxes implements Mailboxes {

    private final SqsClient client;
    private final String queueUrl;

    public SqsMailboxes(SqsClient client, String queueUrl) {
        this.client = client;
        this.queueUrl = queueUrl;
    }

    /**
     * {@inheritDoc}
     *
     * @throws MailNotSentException if SQS did not take all; the caller may send the same letters again
     */
    @Override
    public void send(List<Letter> letters) {
        List<Envelope> envelopes = letters.stream().map(Envelope::of).toList();
        envelopes.forEach(SqsMailboxes::requireFits);
        List<Lane> lanes = Lane.sort(envelopes);
        if (lanes.size() == 1) {
            send(lanes.getFirst());
        } else if (lanes.size() > 1) {
            sendSideBySide(lanes);
        }
    }

    private void sendSideBySide(List<Lane> lanes) {
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> sending = new ArrayList<>();
            lanes.forEach(lane -> sending.add(executor.submit(() -> send(lane))));
            for (Future<?> lane : sending) {
                lane.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof MailNotSentException cause
                    ? cause
                    : new MailNotSentException("Sending to the mailboxes failed: send again", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MailNotSentException("Interrupted while sending to the mailboxes: send again", e);
        }
    }

    private void send(Lane lane) {
        lane.calls().forEach(this::call);
    }

    private void call(List<Envelope> envelopes) {
        List<BatchResultErrorEntry> failed;
        try {
            failed = client.sendMessageBatch(batch -> batch.queueUrl(queueUrl)
                            .entries(IntStream.range(0, envelopes.size())
                                    .mapToObj(i -> entry(i, envelopes.get(i)))
                                    .toList()))
                    .failed();
        } catch (SdkException e) {
            throw new MailNotSentException(
                    "SQS took none of " + envelopes.size() + " messages: send them again with the same dedup ids", e);
        }
        if (!failed.isEmpty()) {
            throw new MailNotSentException("SQS refused " + failed.size() + " of " + envelopes.size() + " messages ("
                    + failed.stream()
                            .map(BatchResultErrorEntry::code)
                            .distinct()
                            .collect(Collectors.joining(", "))
                    + "): send all again with the same dedup ids");
        }
    }

    private static SendMessageBatchRequestEntry entry(int place, Envelope envelope) {
        return SendMessageBatchRequestEntry.builder()
                .id(Integer.toString(place))
                .messageGroupId(envelope.group())
                .messageDeduplicationId(envelope.dedup())
                .messageBody(envelope.body())
                .messageSystemAttributes(envelope.traceAttribute())
                .build();
    }

    private static void requireFits(Envelope envelope) {
        if (envelope.size() > Lane.MAX_BYTES) {
            throw new MailNotSentException("A message of " + envelope.size() + " bytes is larger than SQS takes ("
                    + Lane.MAX_BYTES + "): send its offset only, so that it is read from the log");
        }
    }
}
