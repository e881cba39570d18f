package io.carillon.sns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.events.CloudEvent;
import io.carillon.events.EventData;
import io.carillon.events.RawJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sns.SnsClient;
import software.amazon.awssdk.services.sns.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sns.model.PublishBatchRequest;
import software.amazon.awssdk.services.sns.model.PublishBatchResponse;
import software.amazon.awssdk.services.sns.model.PublishRequest;
import software.amazon.awssdk.services.sns.model.PublishResponse;

class SnsEventTopicTest {

    private static final String ARN = "arn:aws:sns:eu-west-1:123456789012:carillon-events";

    private final FakeSns sns = new FakeSns();
    private final SnsEventTopic topic = new SnsEventTopic(sns, ARN);

    @Test
    void shouldPublishOneEventWithWhatSubscribersFilterBy() {
        // When
        topic.send(List.of(event("a", 1)));

        // Then
        PublishRequest sent = sns.single.getFirst();
        assertThat(sent.topicArn()).isEqualTo(ARN);
        assertThat(sent.message()).contains("\"id\":\"a\"", "\"source\":\"" + ARN + "\"");
        assertThat(sent.messageAttributes().get("channel").stringValue()).isEqualTo("chat:a");
        assertThat(sent.messageAttributes().get("type").stringValue()).isEqualTo("io.carillon.publication.v1");
        assertThat(sent.messageAttributes()).doesNotContainKey("user");
        assertThat(sns.batches).isEmpty();
    }

    @Test
    void shouldSendTenWithEachCall() {
        // When
        topic.send(IntStream.range(0, 23).mapToObj(i -> event("e" + i, 1)).toList());

        // Then
        assertThat(sns.batches)
                .extracting(batch -> batch.publishBatchRequestEntries().size())
                .containsExactly(10, 10, 3);
    }

    @Test
    void shouldSendFewerWhenTheyAreLarge() {
        // When
        topic.send(IntStream.range(0, 3).mapToObj(i -> event("e" + i, 90_000)).toList());

        // Then
        assertThat(sns.batches)
                .extracting(batch -> batch.publishBatchRequestEntries().size())
                .containsExactly(2);
        assertThat(sns.single).hasSize(1);
    }

    @Test
    void shouldFailWhenSnsDoesNotTakeAll() {
        // Given
        sns.refusing = true;

        // Then
        assertThatThrownBy(() -> topic.send(List.of(event("a", 1), event("b", 1))))
                .hasMessageContaining("1 of 2 events: InternalError");
    }

    private static CloudEvent event(String id, int size) {
        RawJson data = RawJson.of("\"" + "x".repeat(size) + "\"");
        return CloudEvent.of(
                id,
                Instant.EPOCH,
                new EventData.Publication(
                        "chat:a", "chat", "e", 1, data, io.carillon.events.ClientInfo.NONE, Map.of()));
    }

    private static final class FakeSns implements SnsClient {

        private final List<PublishRequest> single = new ArrayList<>();
        private final List<PublishBatchRequest> batches = new ArrayList<>();
        private boolean refusing;

        @Override
        public PublishResponse publish(PublishRequest request) {
            single.add(request);
            return PublishResponse.builder().messageId("m").build();
        }

        @Override
        public PublishBatchResponse publishBatch(PublishBatchRequest request) {
            batches.add(request);
            return refusing
                    ? PublishBatchResponse.builder()
                            .failed(BatchResultErrorEntry.builder()
                                    .id("1")
                                    .code("InternalError")
                                    .build())
                            .build()
                    : PublishBatchResponse.builder().build();
        }

        @Override
        public String serviceName() {
            return "sns";
        }

        @Override
        public void close() {}
    }
}
