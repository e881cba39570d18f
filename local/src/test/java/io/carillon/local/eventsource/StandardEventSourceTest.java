package io.carillon.local.eventsource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.local.Await;
import io.carillon.local.aws.CreatedQueue;
import io.carillon.local.aws.LocalAws;
import io.carillon.local.aws.Queues;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;

class StandardEventSourceTest {

    private static LocalAws aws;
    private static SqsClient sqs;

    @BeforeAll
    static void start() {
        aws = LocalAws.inMemory();
        sqs = aws.sqs();
    }

    @AfterAll
    static void stop() {
        aws.close();
    }

    @Test
    void shouldGatherMessagesOfSeveralReceivesWhenThereIsAWindow() throws InterruptedException {
        // Given
        var queue = queue();
        IntStream.range(0, 25).forEach(number -> send(queue, "m" + number));
        var mapping = SqsEventSourceMapping.of(queue.url()).withBatches(25, Duration.ofSeconds(300));
        var receiver = new BatchReceiver(sqs, SourceQueue.of(sqs, queue.url()), mapping, aws.queueWatch());

        // When
        var batch = receiver.receive();

        // Then
        assertThat(batch.messages()).hasSize(25);
    }

    @Test
    void shouldHandOverWhatIsThereWhenWindowEnds() throws InterruptedException {
        // Given
        var queue = queue();
        send(queue, "m0");
        var mapping = SqsEventSourceMapping.of(queue.url()).withBatches(25, Duration.ofSeconds(1));
        var receiver = new BatchReceiver(sqs, SourceQueue.of(sqs, queue.url()), mapping, aws.queueWatch());

        // When
        var batch = receiver.receive();

        // Then
        assertThat(batch.messages()).hasSize(1);
    }

    @Test
    void shouldRunNoMoreInvocationsThanMaximumConcurrency() {
        // Given
        var queue = queue();
        var running = new CountDownLatch(2);
        var goOn = new CountDownLatch(1);
        var function = new FakeFunction(event -> {
            running.countDown();
            await(goOn);
            return "";
        });
        var mapping = SqsEventSourceMapping.of(queue.url())
                .withBatches(1, Duration.ZERO)
                .withMaximumConcurrency(2);
        IntStream.range(0, 6).forEach(number -> send(queue, "m" + number));

        // When
        try (var _ = SqsEventSource.start(mapping, sqs, aws.queueWatch(), function)) {
            await(running);

            // Then
            assertThat(function.events()).hasSize(2);
            goOn.countDown();
            Await.until(() -> function.bodies().size() == 6);
        }
    }

    @Test
    void shouldHandOverMessageAttributes() {
        // Given
        var queue = queue();
        var function = FakeFunction.succeeding();

        // When
        try (var _ = SqsEventSource.start(SqsEventSourceMapping.of(queue.url()), sqs, aws.queueWatch(), function)) {
            sqs.sendMessage(request -> request.queueUrl(queue.url())
                    .messageBody("hello")
                    .messageAttributes(Map.of(
                            "namespace",
                            MessageAttributeValue.builder()
                                    .dataType("String")
                                    .stringValue("chat")
                                    .build())));
            Await.until(() -> !function.events().isEmpty());
        }

        // Then
        var message = function.events().getFirst().at("/Records/0");
        assertThat(message.at("/messageAttributes/namespace/stringValue").textValue())
                .isEqualTo("chat");
        assertThat(message.at("/messageAttributes/namespace/dataType").textValue())
                .isEqualTo("String");
        assertThat(message.path("md5OfMessageAttributes").textValue()).isNotBlank();
    }

    @Test
    void shouldReceiveWithLongPollsWhenSendsCannotBeSeen() {
        // Given
        var queue = queue();
        var function = FakeFunction.succeeding();
        var mapping = SqsEventSourceMapping.of(queue.url());

        // When
        try (var _ = SqsEventSource.start(mapping, sqs, QueueWatch.longPolling(), function)) {
            send(queue, "m0");
            Await.until(() -> function.bodies().size() == 1);
        }

        // Then
        assertThat(function.bodies()).containsExactly("m0");
    }

    @Test
    void shouldRefuseMappingsThatLambdaRefuses() {
        // Given
        var fifo = SqsEventSourceMapping.of("http://127.0.0.1/000000000000/mailboxes.fifo");
        var standard = SqsEventSourceMapping.of("http://127.0.0.1/000000000000/push");

        // When, Then
        assertThatThrownBy(() -> fifo.withBatches(11, Duration.ofSeconds(1)))
                .hasMessageContaining("batchSize of a FIFO queue");
        assertThatThrownBy(() -> fifo.withBatches(10, Duration.ofSeconds(1)))
                .hasMessageContaining("FIFO queue has no batchingWindow");
        assertThatThrownBy(() -> standard.withBatches(11, Duration.ZERO))
                .hasMessageContaining("needs a batchingWindow");
        assertThatThrownBy(() -> standard.withMaximumConcurrency(1)).hasMessageContaining("maximumConcurrency");
    }

    private static CreatedQueue queue() {
        return new Queues(sqs).standard(UUID.randomUUID().toString(), Duration.ofSeconds(30), 3);
    }

    private static void send(CreatedQueue queue, String body) {
        sqs.sendMessage(request -> request.queueUrl(queue.url()).messageBody(body));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
