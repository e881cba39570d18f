package io.carillon.local.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

class FailedMailsTest {

    private final LocalAws aws = LocalAws.inMemory();
    private final CreatedQueue queue = new Queues(aws.sqs()).fifo("mail.fifo", Duration.ofSeconds(30), 2);
    private final FailedMails failedMails = FailedMails.behind(aws.sqs(), queue.url());

    @AfterEach
    void stop() {
        aws.close();
    }

    @Test
    void shouldMoveEachMailboxsMailsBackInTheirOrder() {
        // Given
        for (int i = 0; i < 12; i++) {
            send(queue.deadLetterUrl(), "a#0", "a" + i);
            send(queue.deadLetterUrl(), "b#0", "b" + i);
        }

        // When
        int moved = failedMails.redrive();

        // Then
        assertThat(moved).isEqualTo(24);
        assertThat(failedMails.depth()).isEqualTo(new FailedMails.Depth(24, 0));
        List<String> back = drain();
        assertThat(back.stream().filter(body -> body.startsWith("a")))
                .containsExactly("a0", "a1", "a2", "a3", "a4", "a5", "a6", "a7", "a8", "a9", "a10", "a11");
        assertThat(back.stream().filter(body -> body.startsWith("b")))
                .hasSize(12)
                .isSortedAccordingTo((x, y) -> Integer.parseInt(x.substring(1)) - Integer.parseInt(y.substring(1)));
    }

    @Test
    void shouldMoveNothingWhenNothingFailed() {
        // Given
        send(queue.url(), "a#0", "a0");

        // Then
        assertThat(failedMails.redrive()).isZero();
        assertThat(failedMails.depth()).isEqualTo(new FailedMails.Depth(1, 0));
    }

    @Test
    void shouldFindThePushQueueBesideTheMailboxesAndSendItsJobsBack() {
        // Given
        String mailboxes = new Queues(aws.sqs())
                .fifo("carillon-prod-mailboxes.fifo", Duration.ofSeconds(30), 2)
                .url();
        assertThat(FailedMails.ofPush(aws.sqs(), mailboxes)).isEmpty();
        CreatedQueue push = new Queues(aws.sqs()).standard("carillon-prod-push", Duration.ofSeconds(30), 2);
        aws.sqs().sendMessage(request -> request.queueUrl(push.deadLetterUrl()).messageBody("job"));

        // When
        FailedMails found = FailedMails.ofPush(aws.sqs(), mailboxes).orElseThrow();

        // Then
        assertThat(found.redrive()).isEqualTo(1);
        assertThat(found.depth()).isEqualTo(new FailedMails.Depth(1, 0));
        assertThatThrownBy(() -> FailedMails.ofPush(aws.sqs(), queue.url()))
                .hasMessageContaining("ends in mailboxes.fifo");
    }

    @Test
    void shouldRefuseAQueueWithoutADeadLetterQueue() {
        // Then
        assertThatThrownBy(() -> FailedMails.behind(aws.sqs(), queue.deadLetterUrl()))
                .hasMessageContaining("has no dead-letter queue");
    }

    private void send(String url, String group, String body) {
        aws.sqs()
                .sendMessage(request -> request.queueUrl(url)
                        .messageGroupId(group)
                        .messageDeduplicationId(UUID.randomUUID().toString())
                        .messageBody(body));
    }

    private List<String> drain() {
        List<String> bodies = new ArrayList<>();
        List<Message> batch = receive();
        while (!batch.isEmpty()) {
            batch.forEach(message -> {
                bodies.add(message.body());
                assertThat(message.attributes().get(MessageSystemAttributeName.MESSAGE_GROUP_ID))
                        .isEqualTo(message.body().charAt(0) + "#0");
                aws.sqs()
                        .deleteMessage(request -> request.queueUrl(queue.url()).receiptHandle(message.receiptHandle()));
            });
            batch = receive();
        }
        return bodies;
    }

    private List<Message> receive() {
        return aws.sqs()
                .receiveMessage(request -> request.queueUrl(queue.url())
                        .maxNumberOfMessages(10)
                        .messageSystemAttributeNames(MessageSystemAttributeName.MESSAGE_GROUP_ID))
                .messages();
    }
}
