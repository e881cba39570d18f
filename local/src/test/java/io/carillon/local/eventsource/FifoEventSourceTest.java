package io.carillon.local.eventsource;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.local.Await;
import io.carillon.local.aws.CreatedQueue;
import io.carillon.local.aws.LocalAws;
import io.carillon.local.aws.Queues;
import io.carillon.local.lambda.FunctionError;
import io.carillon.local.lambda.FunctionThrottled;
import io.carillon.local.lambda.LambdaFunction;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

class FifoEventSourceTest {

    /** Until a message that failed comes again; longer than a busy machine takes to settle a batch that did not. */
    private static final int RETRY_SECONDS = 4;

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
    void shouldDeliverMessageAsTheEventThatLambdaSends() {
        // Given
        var queue = queue(30, 3);
        var function = FakeFunction.succeeding();

        // When
        try (var _ = source(queue, function)) {
            send(queue, "chat#0", "hello");
            Await.until(() -> isEmpty(queue.url()));
        }

        // Then
        var event = function.events().getFirst().path("Records").path(0);
        assertThat(event.path("body").textValue()).isEqualTo("hello");
        assertThat(event.path("eventSource").textValue()).isEqualTo("aws:sqs");
        assertThat(event.path("eventSourceARN").textValue()).isEqualTo(queue.arn());
        assertThat(event.path("awsRegion").textValue()).isEqualTo("us-east-1");
        assertThat(event.path("md5OfBody").textValue()).isEqualTo("5d41402abc4b2a76b9719d911017c592");
        assertThat(event.path("messageId").textValue()).isNotBlank();
        assertThat(event.path("receiptHandle").textValue()).isNotBlank();
        assertThat(event.path("messageAttributes").isObject()).isTrue();
        assertThat(event.path("attributes").path("MessageGroupId").textValue()).isEqualTo("chat#0");
        assertThat(event.path("attributes").path("ApproximateReceiveCount").textValue())
                .isEqualTo("1");
        assertThat(event.path("attributes").fieldNames())
                .toIterable()
                .contains(
                        "SentTimestamp",
                        "SenderId",
                        "SequenceNumber",
                        "MessageDeduplicationId",
                        "ApproximateFirstReceiveTimestamp");
    }

    @Test
    void shouldHoldBackGroupWhileOneOfItsBatchesIsInFlight() throws InterruptedException {
        // Given
        var queue = queue(30, 3);
        var firstIsIn = new CountDownLatch(1);
        var letFirstGo = new CountDownLatch(1);
        var function = new FakeFunction(event -> {
            if (FakeFunction.bodies(event).contains("a1")) {
                firstIsIn.countDown();
                awaitUninterruptibly(letFirstGo);
            }
            return "";
        });

        try (var _ = source(queue, function)) {
            send(queue, "a", "a1");
            firstIsIn.await();

            // When
            send(queue, "a", "a2");
            send(queue, "b", "b1");
            Await.until(() -> function.bodies().contains("b1"));

            // Then
            assertThat(function.bodies()).containsExactly("a1", "b1");
            letFirstGo.countDown();
            Await.until(() -> function.bodies().contains("a2"));
        }
    }

    @Test
    void shouldKeepOrderOfEachGroupWhenManyGroupsRunSideBySide() {
        // Given
        var queue = queue(30, 3);
        var busy = ConcurrentHashMap.<String>newKeySet();
        var overlapped = new AtomicBoolean();
        var function = new FakeFunction(event -> {
            var groups = groups(event);
            groups.forEach(group -> {
                if (!busy.add(group)) {
                    overlapped.set(true);
                }
            });
            Thread.yield();
            busy.removeAll(groups);
            return "";
        });

        // When
        try (var _ = source(queue, function)) {
            for (var number = 0; number < 30; number++) {
                for (var group = 0; group < 8; group++) {
                    send(queue, "g" + group, "g" + group + ":" + number);
                }
            }
            Await.until(() -> function.bodies().size() >= 240);
        }

        // Then
        assertThat(overlapped).isFalse();
        var perGroup = new HashMap<String, List<String>>();
        function.bodies()
                .forEach(body ->
                        perGroup.merge(body.split(":")[0], List.of(body.split(":")[1]), FifoEventSourceTest::join));
        var inOrder = IntStream.range(0, 30).mapToObj(Integer::toString).toList();
        assertThat(perGroup)
                .hasSize(8)
                .allSatisfy((group, numbers) -> assertThat(numbers).isEqualTo(inOrder));
    }

    @Test
    void shouldHandOverAtMostTenMessagesWhenMoreAreWaiting() {
        // Given
        var queue = queue(30, 3);
        IntStream.range(0, 25).forEach(number -> send(queue, "a", "m" + number));
        var function = FakeFunction.succeeding();

        // When
        try (var _ = source(queue, function)) {
            Await.until(() -> function.bodies().size() >= 25);
        }

        // Then
        assertThat(function.events())
                .extracting(event -> event.path("Records").size())
                .containsExactly(10, 10, 5);
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void shouldRepeatOnlyFailedMessagesWhenAnswerNamesThem() {
        // Given
        var queue = queue(RETRY_SECONDS, 5);
        IntStream.range(0, 3).forEach(number -> send(queue, "a", "m" + number));
        var calls = new AtomicInteger();
        var function = new FakeFunction(event -> calls.getAndIncrement() == 0
                ? failures(event.path("Records").path(1), event.path("Records").path(2))
                : "");

        // When
        try (var _ = source(queue, function)) {
            Await.until(() -> isEmpty(queue.url()));
        }

        // Then
        assertThat(function.bodies()).containsExactly("m0", "m1", "m2", "m1", "m2");
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void shouldRepeatWholeBatchWhenFunctionThrows() {
        // Given
        var queue = queue(RETRY_SECONDS, 5);
        send(queue, "a", "m0");
        send(queue, "a", "m1");
        var calls = new AtomicInteger();
        var function = new FakeFunction(event -> {
            if (calls.getAndIncrement() == 0) {
                throw new FunctionError("boom", new IllegalStateException("boom"));
            }
            return "";
        });

        // When
        try (var _ = source(queue, function)) {
            Await.until(() -> isEmpty(queue.url()));
        }

        // Then
        assertThat(function.bodies()).containsExactly("m0", "m1", "m0", "m1");
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void shouldMoveToDlqAfterNReceives() {
        // Given
        var queue = queue(RETRY_SECONDS, 2);
        send(queue, "a", "poison");
        send(queue, "a", "next");
        var function = new FakeFunction(event -> {
            var first = event.path("Records").path(0);
            return first.path("body").textValue().equals("poison") ? failures(all(event)) : "";
        });

        // When
        try (var _ = source(queue, function)) {
            Await.until(() -> !isEmpty(queue.deadLetterUrl()));
            Await.until(() -> isEmpty(queue.url()));
        }

        // Then
        assertThat(function.bodies().stream().filter("poison"::equals)).hasSize(2);
        assertThat(sqs.receiveMessage(request -> request.queueUrl(queue.deadLetterUrl()))
                        .messages())
                .extracting(message -> message.body())
                .containsAnyOf("poison");
    }

    @Test
    void shouldTryAgainWhenFunctionIsThrottled() {
        // Given
        var queue = queue(30, 1);
        send(queue, "a", "m0");
        var delivered = FakeFunction.succeeding();
        var calls = new AtomicInteger();
        var throttled = new LambdaFunction() {
            @Override
            public String name() {
                return "throttled";
            }

            @Override
            public byte[] invoke(byte[] event) {
                if (calls.getAndIncrement() < 2) {
                    throw new FunctionThrottled(name());
                }
                return delivered.invoke(event);
            }
        };

        // When
        try (var _ = source(queue, throttled)) {
            Await.until(() -> isEmpty(queue.url()));
        }

        // Then
        assertThat(delivered.bodies()).containsExactly("m0");
        assertThat(receiveCount(delivered)).isEqualTo("1");
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void shouldLeaveMessageToQueueWhenFunctionIsThrottledPastVisibilityTimeout() {
        // Given
        var queue = queue(RETRY_SECONDS, 1);
        send(queue, "a", "m0");
        var function = new FakeFunction(event -> {
            throw new FunctionThrottled("fake");
        });

        // When
        try (var _ = source(queue, function)) {
            // Then
            Await.until(() -> !isEmpty(queue.deadLetterUrl()));
        }
        assertThat(function.events()).hasSizeGreaterThan(1);
    }

    private static String receiveCount(FakeFunction function) {
        return function.events()
                .getFirst()
                .at("/Records/0/attributes/ApproximateReceiveCount")
                .textValue();
    }

    private static CreatedQueue queue(int visibilitySeconds, int maxReceiveCount) {
        return new Queues(sqs)
                .fifo(UUID.randomUUID() + ".fifo", Duration.ofSeconds(visibilitySeconds), maxReceiveCount);
    }

    private static SqsEventSource source(CreatedQueue queue, LambdaFunction function) {
        return SqsEventSource.start(SqsEventSourceMapping.of(queue.url()), sqs, aws.queueWatch(), function);
    }

    private static void send(CreatedQueue queue, String group, String body) {
        sqs.sendMessage(request -> request.queueUrl(queue.url())
                .messageGroupId(group)
                .messageDeduplicationId(UUID.randomUUID().toString())
                .messageBody(body));
    }

    private static boolean isEmpty(String url) {
        var counts = sqs.getQueueAttributes(request -> request.queueUrl(url)
                        .attributeNames(
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                .attributes();
        return counts.values().stream().allMatch("0"::equals);
    }

    private static Set<String> groups(JsonNode event) {
        return Set.copyOf(event.path("Records")
                .valueStream()
                .map(message -> message.at("/attributes/MessageGroupId").textValue())
                .distinct()
                .toList());
    }

    private static JsonNode[] all(JsonNode event) {
        return event.path("Records").valueStream().toArray(JsonNode[]::new);
    }

    private static String failures(JsonNode... messages) {
        var items = Stream.of(messages)
                .map(message -> "{\"itemIdentifier\":\"%s\"}"
                        .formatted(message.path("messageId").textValue()))
                .toList();
        return "{\"batchItemFailures\":[" + String.join(",", items) + "]}";
    }

    private static List<String> join(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
