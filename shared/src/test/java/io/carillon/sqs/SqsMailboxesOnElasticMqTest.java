package io.carillon.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import io.carillon.aws.AwsClients;
import io.carillon.aws.AwsSettings;
import io.carillon.delivery.DeadLetters;
import io.carillon.delivery.MailRound;
import io.carillon.delivery.Mailboxes.Letter;
import io.carillon.delivery.Mailboxes.Receipt;
import io.carillon.events.Json;
import io.carillon.events.Mail;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

class SqsMailboxesOnElasticMqTest {

    private static SQSRestServer server;
    private static AwsClients clients;
    private static SqsClient sqs;
    private static String queueUrl;

    @BeforeAll
    static void start() {
        server = SQSRestServerBuilder.withInterface("127.0.0.1")
                .withDynamicPort()
                .withAWSRegion("us-east-1")
                .start();
        URI endpoint = URI.create(
                "http://127.0.0.1:" + server.waitUntilStarted().localAddress().getPort());
        clients = new AwsClients(AwsSettings.in(Region.US_EAST_1)
                .at(endpoint, endpoint, StaticCredentialsProvider.create(AwsBasicCredentials.create("x", "x"))));
        sqs = clients.sqs();
        queueUrl = sqs.createQueue(create ->
                        create.queueName("mailboxes.fifo").attributes(Map.of(QueueAttributeName.FIFO_QUEUE, "true")))
                .queueUrl();
    }

    @AfterAll
    static void stop() {
        sqs.close();
        clients.close();
        server.stopAndWait();
    }

    @Test
    void shouldFillMailboxesInOrderAndDropRepeats() {
        // Given
        SqsMailboxes mailboxes = new SqsMailboxes(sqs, queueUrl);
        List<String> channels = List.of("chat:room#1@{x}", "x".repeat(200), "\u00e9 \u20ac");
        List<Letter> letters = Stream.of("n0", "n1", "n2")
                .flatMap(n -> channels.stream()
                        .map(channel -> new Letter(new Mail.Unsubscribe(channel, 0, n, 1, 0, "gone"), n)))
                .toList();

        // When
        mailboxes.send(letters);
        mailboxes.send(letters);
        List<Mail> received = receiveAll();

        // Then
        assertThat(received).hasSize(9);
        for (String channel : channels) {
            assertThat(received.stream()
                            .filter(mail -> mail.channel().equals(channel))
                            .map(mail -> ((Mail.Unsubscribe) mail).connection()))
                    .containsExactly("n0", "n1", "n2");
        }
    }

    @Test
    void shouldSetAsideWithTheGroupOfTheMailboxAndOnlyOnce() {
        // Given
        DeadLetters deadLetters = new SqsDeadLetters(sqs, queueUrl);
        MailRound.Letter letter = new MailRound.Letter("message-1", "receipt-1", "news#0", "not JSON", 1);

        // When
        deadLetters.take(letter);
        deadLetters.take(letter);

        // Then
        assertThat(receive()).singleElement().satisfies(message -> {
            assertThat(message.body()).isEqualTo("not JSON");
            assertThat(message.attributes()).containsEntry(MessageSystemAttributeName.MESSAGE_GROUP_ID, "news#0");
            sqs.deleteMessage(delete -> delete.queueUrl(queueUrl).receiptHandle(message.receiptHandle()));
        });
    }

    @Test
    void shouldHandBackWhatWasReceived() {
        // Given
        SqsMailboxes mailboxes = new SqsMailboxes(sqs, queueUrl);
        mailboxes.send(List.of(new Letter(new Mail.Unsubscribe("back", 0, "n", 1, 0, "gone"), "back")));
        List<Message> first = receive();

        // When
        mailboxes.handBack(List.of(new Receipt(first.getFirst().receiptHandle(), Duration.ZERO)));

        // Then
        assertThat(receiveAll()).extracting(Mail::channel).containsExactly("back");
    }

    private static List<Mail> receiveAll() {
        List<Mail> received = new ArrayList<>();
        List<Message> batch = receive();
        while (!batch.isEmpty()) {
            for (Message message : batch) {
                received.add(Json.read(message.body(), Mail.class));
                sqs.deleteMessage(delete -> delete.queueUrl(queueUrl).receiptHandle(message.receiptHandle()));
            }
            batch = receive();
        }
        return received;
    }

    private static List<Message> receive() {
        return sqs.receiveMessage(receive -> receive.queueUrl(queueUrl)
                        .maxNumberOfMessages(10)
                        .messageSystemAttributeNames(MessageSystemAttributeName.MESSAGE_GROUP_ID))
                .messages();
    }
}
