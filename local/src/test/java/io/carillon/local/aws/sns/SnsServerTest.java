package io.carillon.local.aws.sns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.carillon.events.Json;
import io.carillon.local.Await;
import io.carillon.local.aws.CreatedQueue;
import io.carillon.local.aws.LocalAws;
import io.carillon.local.aws.Queues;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.BatchEntryIdsNotDistinctException;
import software.amazon.awssdk.services.sns.model.InvalidParameterException;
import software.amazon.awssdk.services.sns.model.MessageAttributeValue;
import software.amazon.awssdk.services.sns.model.NotFoundException;
import software.amazon.awssdk.services.sns.model.PublishBatchRequestEntry;
import software.amazon.awssdk.services.sns.model.SnsException;
import software.amazon.awssdk.services.sns.model.Subscription;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

class SnsServerTest {

    private static final Map<String, String> RAW = Map.of("RawMessageDelivery", "true");

    private static LocalAws aws;
    private static SnsClient sns;
    private static SqsClient sqs;

    private String topic;
    private CreatedQueue queue;

    @BeforeAll
    static void start() {
        aws = LocalAws.inMemory();
        sns = aws.sns();
        sqs = aws.sqs();
    }

    @AfterAll
    static void stop() {
        aws.close();
    }

    @BeforeEach
    void createTopicAndQueue() {
        topic = sns.createTopic(request -> request.name("events-" + UUID.randomUUID()))
                .topicArn();
        queue = new Queues(sqs).standard(UUID.randomUUID().toString(), Duration.ofSeconds(30), 3);
    }

    @Test
    void shouldWrapMessageInEnvelopeWhenDeliveryIsNotRaw() throws JsonProcessingException {
        // Given
        subscribe(Map.of());

        // When
        var id = sns.publish(request -> request.topicArn(topic)
                        .subject("greeting")
                        .message("{\"text\":\"<hello> & ünïcode\"}")
                        .messageAttributes(Map.of("namespace", text("chat"))))
                .messageId();

        // Then
        var message = receive(1).getFirst();
        var envelope = Json.mapper().readTree(message.body());
        assertThat(envelope.path("Type").textValue()).isEqualTo("Notification");
        assertThat(envelope.path("MessageId").textValue()).isEqualTo(id);
        assertThat(envelope.path("TopicArn").textValue()).isEqualTo(topic);
        assertThat(envelope.path("Subject").textValue()).isEqualTo("greeting");
        assertThat(envelope.path("Message").textValue()).isEqualTo("{\"text\":\"<hello> & ünïcode\"}");
        assertThat(envelope.path("Timestamp").textValue())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(envelope.at("/MessageAttributes/namespace/Type").textValue()).isEqualTo("String");
        assertThat(envelope.at("/MessageAttributes/namespace/Value").textValue())
                .isEqualTo("chat");
        assertThat(message.messageAttributes()).isEmpty();
    }

    @Test
    void shouldHandOnMessageAndAttributesWhenDeliveryIsRaw() {
        // Given
        subscribe(RAW);
        var bytes = SdkBytes.fromByteArray(new byte[] {0, 1, (byte) 255});

        // When
        sns.publish(request -> request.topicArn(topic)
                .message("hello\nworld")
                .messageAttributes(Map.of(
                        "namespace",
                        text("chat"),
                        "blob",
                        MessageAttributeValue.builder()
                                .dataType("Binary")
                                .binaryValue(bytes)
                                .build())));

        // Then
        var message = receive(1).getFirst();
        assertThat(message.body()).isEqualTo("hello\nworld");
        assertThat(message.messageAttributes().get("namespace").stringValue()).isEqualTo("chat");
        assertThat(message.messageAttributes().get("blob").binaryValue()).isEqualTo(bytes);
    }

    @Test
    void shouldDeliverOnlyWhatFilterPolicyMatches() {
        // Given
        subscribe(Map.of("RawMessageDelivery", "true", "FilterPolicy", "{\"namespace\": [{\"prefix\": \"ch\"}]}"));

        // When
        publish("unwanted", Map.of("namespace", text("news")));
        publish("also unwanted", Map.of());
        publish("wanted", Map.of("namespace", text("chat")));

        // Then
        assertThat(receive(1)).extracting(Message::body).containsExactly("wanted");
    }

    @Test
    void shouldFilterByBodyWhenScopeIsSetLater() {
        // Given
        var subscription = subscribe(RAW);
        set(subscription, "FilterPolicyScope", "MessageBody");
        set(subscription, "FilterPolicy", "{\"user\": {\"name\": [\"alice\"]}}");

        // When
        publish("{\"user\":{\"name\":\"bob\"}}", Map.of());
        publish("{\"user\":{\"name\":\"alice\"}}", Map.of());

        // Then
        assertThat(receive(1)).extracting(Message::body).containsExactly("{\"user\":{\"name\":\"alice\"}}");
    }

    @Test
    void shouldReportEachEntryWhenBatchIsPublished() {
        // Given
        subscribe(RAW);

        // When
        var answer = sns.publishBatch(request -> request.topicArn(topic)
                .publishBatchRequestEntries(
                        entry("first", "one").build(),
                        entry("second", "two")
                                .messageAttributes(Map.of(
                                        "count",
                                        MessageAttributeValue.builder()
                                                .dataType("Number")
                                                .stringValue("many")
                                                .build()))
                                .build(),
                        entry("third", "three").build()));

        // Then
        assertThat(answer.successful()).extracting(one -> one.id()).containsExactly("first", "third");
        assertThat(answer.failed()).singleElement().satisfies(failure -> {
            assertThat(failure.id()).isEqualTo("second");
            assertThat(failure.code()).isEqualTo("InvalidParameter");
            assertThat(failure.senderFault()).isTrue();
        });
        assertThat(receive(2)).extracting(Message::body).containsExactlyInAnyOrder("one", "three");
    }

    @Test
    void shouldRefuseBatchWhenIdsRepeat() {
        assertThatThrownBy(() -> sns.publishBatch(request -> request.topicArn(topic)
                        .publishBatchRequestEntries(
                                entry("same", "one").build(),
                                entry("same", "two").build())))
                .isInstanceOf(BatchEntryIdsNotDistinctException.class);
    }

    @Test
    void shouldListSubscriptionOnceWhenQueueSubscribesTwice() {
        // Given
        var first = subscribe(RAW);

        // When
        var second = subscribe(RAW);

        // Then
        assertThat(second).isEqualTo(first);
        assertThat(sns.listSubscriptionsByTopicPaginator(request -> request.topicArn(topic))
                        .subscriptions())
                .singleElement()
                .extracting(Subscription::subscriptionArn, Subscription::endpoint, Subscription::protocol)
                .containsExactly(first, queue.arn(), "sqs");
    }

    @Test
    void shouldDeliverNothingMoreWhenUnsubscribed() {
        // Given
        var other = new Queues(sqs).standard(UUID.randomUUID().toString(), Duration.ofSeconds(30), 3);
        sns.subscribe(request ->
                request.topicArn(topic).protocol("sqs").endpoint(other.arn()).attributes(RAW));
        var subscription = subscribe(RAW);

        // When
        sns.unsubscribe(request -> request.subscriptionArn(subscription));
        publish("hello", Map.of());

        // Then
        assertThat(receive(other, 1)).hasSize(1);
        assertThat(sqs.receiveMessage(request -> request.queueUrl(queue.url())).messages())
                .isEmpty();
    }

    @Test
    void shouldSendTextForQueuesWhenMessageHasOnePerProtocol() {
        // Given
        subscribe(RAW);

        // When
        sns.publish(request -> request.topicArn(topic)
                .messageStructure("json")
                .message("{\"default\":\"for all\",\"sqs\":\"for queues\"}"));

        // Then
        assertThat(receive(1)).extracting(Message::body).containsExactly("for queues");
    }

    @Test
    void shouldRefuseWhatSnsRefuses() {
        assertThatThrownBy(() -> sns.publish(
                        request -> request.topicArn(topic + "-missing").message("hello")))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("Topic does not exist");
        assertThatThrownBy(() -> sns.publish(
                        request -> request.topicArn(topic).message("x".repeat(Publisher.MAX_MESSAGE_BYTES + 1))))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("Message too long");
        assertThatThrownBy(() -> subscribe(Map.of("FilterPolicy", "{\"a\": 1}")))
                .isInstanceOf(InvalidParameterException.class)
                .hasMessageContaining("FilterPolicy");
        assertThatThrownBy(() -> subscribe(Map.of("RawMessageDelivery", "maybe")))
                .isInstanceOf(InvalidParameterException.class);
        assertThatThrownBy(() -> sns.listTopics())
                .isInstanceOf(SnsException.class)
                .hasMessageContaining("ListTopics");
    }

    private String subscribe(Map<String, String> attributes) {
        return sns.subscribe(request -> request.topicArn(topic)
                        .protocol("sqs")
                        .endpoint(queue.arn())
                        .attributes(attributes)
                        .returnSubscriptionArn(true))
                .subscriptionArn();
    }

    private static void set(String subscription, String name, String value) {
        sns.setSubscriptionAttributes(request ->
                request.subscriptionArn(subscription).attributeName(name).attributeValue(value));
    }

    private void publish(String message, Map<String, MessageAttributeValue> attributes) {
        sns.publish(request -> request.topicArn(topic).message(message).messageAttributes(attributes));
    }

    private List<Message> receive(int count) {
        return receive(queue, count);
    }

    private static List<Message> receive(CreatedQueue from, int count) {
        var messages = new ArrayList<Message>();
        Await.until(() -> {
            messages.addAll(sqs.receiveMessage(request ->
                            request.queueUrl(from.url()).maxNumberOfMessages(10).messageAttributeNames("All"))
                    .messages());
            return messages.size() >= count;
        });
        return messages;
    }

    private static PublishBatchRequestEntry.Builder entry(String id, String message) {
        return PublishBatchRequestEntry.builder().id(id).message(message);
    }

    private static MessageAttributeValue text(String value) {
        return MessageAttributeValue.builder()
                .dataType("String")
                .stringValue(value)
                .build();
    }
}
