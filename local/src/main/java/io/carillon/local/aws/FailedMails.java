package io.carillon.local.aws;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.events.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/**
 * The mailbox queue, or that of mobile push, and the dead-letter queue behind it: how many messages wait in each, and the
 * way back from the second to the first.
 *
 * <p>Needs {@code sqs:GetQueueAttributes} and {@code sqs:GetQueueUrl}, and for the way back {@code sqs:ReceiveMessage},
 * {@code sqs:DeleteMessage} and {@code sqs:SendMessage}. Safe for use by several threads.
 */
public final class FailedMails {

    private static final int AT_ONCE = 10;

    /** What the names of mailbox queues end in. */
    private static final String MAILBOXES = "mailboxes.fifo";

    /** Long enough to send ten messages, short enough that a stopped run can be started again. */
    private static final Duration HOLD = Duration.ofSeconds(30);

    private final SqsClient sqs;
    private final String queueUrl;
    private final String deadLetterUrl;

    /** Takes two queues that are known. */
    public FailedMails(SqsClient sqs, String queueUrl, String deadLetterUrl) {
        this.sqs = sqs;
        this.queueUrl = queueUrl;
        this.deadLetterUrl = deadLetterUrl;
    }

    /**
     * Finds the dead-letter queue of a queue.
     *
     * @throws IllegalStateException if it has none
     */
    public static FailedMails behind(SqsClient sqs, String queueUrl) {
        String policy = sqs.getQueueAttributes(
                        request -> request.queueUrl(queueUrl).attributeNames(QueueAttributeName.REDRIVE_POLICY))
                .attributes()
                .getOrDefault(QueueAttributeName.REDRIVE_POLICY, "");
        if (policy.isEmpty()) {
            throw new IllegalStateException(
                    "the queue " + queueUrl + " has no dead-letter queue: is it the mailbox or the push queue?");
        }
        String arn =
                Json.read(policy, JsonNode.class).path("deadLetterTargetArn").asText();
        String name = arn.substring(arn.lastIndexOf(':') + 1);
        return new FailedMails(
                sqs,
                queueUrl,
                sqs.getQueueUrl(request -> request.queueName(name)).queueUrl());
    }

    /**
     * Finds the queue of mobile push in a deployment.
     *
     * @param mailboxUrl the deployment's mailbox queue
     * @return empty if the deployment has no mobile push
     */
    public static Optional<FailedMails> ofPush(SqsClient sqs, String mailboxUrl) {
        String name = mailboxUrl.substring(mailboxUrl.lastIndexOf('/') + 1);
        if (!name.endsWith(MAILBOXES)) {
            throw new IllegalStateException("the queue " + name + " is not a deployment's mailbox queue, which ends in "
                    + MAILBOXES + ": the push queue is named like it");
        }
        String push = name.substring(0, name.length() - MAILBOXES.length()) + "push";
        try {
            return Optional.of(behind(
                    sqs, sqs.getQueueUrl(request -> request.queueName(push)).queueUrl()));
        } catch (QueueDoesNotExistException e) {
            return Optional.empty();
        }
    }

    /**
     * How many messages are in the queues, as SQS estimates it.
     *
     * @param mailbox those that wait or are being delivered
     * @param dead those that failed for the last time
     */
    public record Depth(long mailbox, long dead) {}

    /** Counts what is in the queues. */
    public Depth depth() {
        return new Depth(messages(queueUrl), messages(deadLetterUrl));
    }

    private long messages(String url) {
        Map<QueueAttributeName, String> attributes = sqs.getQueueAttributes(request -> request.queueUrl(url)
                        .attributeNames(
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                .attributes();
        return attributes.values().stream().mapToLong(Long::parseLong).sum();
    }

    /**
     * Moves mails back to their mailboxes, in the order of each; no more than there are now by SQS' estimate, since one that
     * still cannot be read comes back at once. A mail is deleted after it was sent: should this be
     * stopped in between, it comes twice, which deliverers bear. Mails come after what their mailboxes hold by now;
     * deliverers skip what has been delivered meanwhile.
     *
     * @return how many were moved
     */
    public int redrive() {
        long all = messages(deadLetterUrl);
        int moved = 0;
        boolean isMoving = all > 0;
        while (isMoving) {
            List<Message> batch = receive((int) Math.min(AT_ONCE, all - moved));
            batch.forEach(this::moveBack);
            moved += batch.size();
            isMoving = moved < all && !batch.isEmpty();
        }
        return moved;
    }

    private List<Message> receive(int atMost) {
        return sqs.receiveMessage(request -> request.queueUrl(deadLetterUrl)
                        .maxNumberOfMessages(atMost)
                        .visibilityTimeout((int) HOLD.toSeconds())
                        .messageSystemAttributeNames(MessageSystemAttributeName.MESSAGE_GROUP_ID))
                .messages();
    }

    private void moveBack(Message message) {
        String group = message.attributes().get(MessageSystemAttributeName.MESSAGE_GROUP_ID);
        sqs.sendMessage(request -> {
            request.queueUrl(queueUrl).messageBody(message.body());
            if (group != null) {
                // Its own dedup id could still be remembered from when it was first sent, and would make it vanish.
                request.messageGroupId(group)
                        .messageDeduplicationId(UUID.randomUUID().toString());
            }
        });
        sqs.deleteMessage(request -> request.queueUrl(deadLetterUrl).receiptHandle(message.receiptHandle()));
    }
}
