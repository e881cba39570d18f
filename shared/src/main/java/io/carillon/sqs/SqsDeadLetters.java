package io.carillon.sqs;

import io.carillon.delivery.DeadLetters;
import io.carillon.delivery.MailRound.Letter;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Sends to the dead-letter queue of the mailbox queue, with the same group and body, so that a redrive brings a message
 * back to its mailbox.
 *
 * <p>Safe for use by several threads.
 */
public final class SqsDeadLetters implements DeadLetters {

    private final SqsClient client;
    private final String queueUrl;

    public SqsDeadLetters(SqsClient client, String queueUrl) {
        this.client = client;
        this.queueUrl = queueUrl;
    }

    @Override
    public void take(Letter letter) {
        client.sendMessage(message -> message.queueUrl(queueUrl)
                .messageGroupId(letter.group())
                .messageDeduplicationId(letter.id())
                .messageBody(letter.body()));
    }
}
