package io.carillon.local.waterfall;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;

class WaterfallRunTest {

    @Test
    void shouldTraceAPublicationFromItsSenderToItsLastSubscriber() throws InterruptedException {
        WaterfallRun.Result result = WaterfallRun.run(3, 5, Optional.empty());

        assertThat(result.text())
                .contains(
                        "message: function",
                        "message: UpdateItem channels log",
                        "message: PutItem publications",
                        "message: SendMessageBatch",
                        "deliver: function",
                        "deliver: posts",
                        "publisher has the reply",
                        "last subscriber has it");
        assertThat(result.p50Ms()).isPositive().isLessThanOrEqualTo(result.p99Ms());
    }

    @Test
    void shouldNameCallsByOperationTableAndRow() {
        GetItemRequest shard = GetItemRequest.builder()
                .tableName("carillon-channels")
                .key(Map.of("channel", AttributeValue.fromS("news"), "item", AttributeValue.fromS("shard#3")))
                .build();

        assertThat(Labels.of(shard)).isEqualTo("GetItem channels shard");
        assertThat(Labels.of(SendMessageBatchRequest.builder().build())).isEqualTo("SendMessageBatch");
    }
}
