package io.carillon.local.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carillon.local.calls.CallFilter.Next;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageRequest;
import software.amazon.awssdk.services.sqs.model.ReceiveMessageResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;

class DelayedCallsTest {

    private final FakeWait wait = new FakeWait();
    private final Map<Hop, Duration> delays = new EnumMap<>(Map.of(
            Hop.DYNAMODB_GET, Duration.ofMillis(10),
            Hop.DYNAMODB_TRANSACT, Duration.ofMillis(20),
            Hop.SQS_SEND, Duration.ofMillis(30)));
    private final DelayedCalls calls = new DelayedCalls(delays::get, wait);

    private Next taking(Duration time, SdkResponse answer) {
        return request -> {
            wait.work(time);
            return answer;
        };
    }

    @Test
    void shouldWaitForWhatTheCallDidNotTakeItself() {
        calls.call(
                GetItemRequest.builder().build(),
                taking(Duration.ofMillis(3), GetItemResponse.builder().build()));

        assertThat(wait.slept()).containsExactly(Duration.ofMillis(7));
    }

    @Test
    void shouldNotWaitWhenTheCallTookLonger() {
        calls.call(
                GetItemRequest.builder().build(),
                taking(Duration.ofMillis(11), GetItemResponse.builder().build()));

        assertThat(wait.slept()).isEmpty();
    }

    @Test
    void shouldWaitByTheKindOfCall() {
        calls.call(
                TransactWriteItemsRequest.builder().build(),
                taking(Duration.ZERO, TransactWriteItemsResponse.builder().build()));
        calls.call(
                SendMessageBatchRequest.builder().build(),
                taking(Duration.ZERO, SendMessageBatchResponse.builder().build()));

        assertThat(wait.slept()).containsExactly(Duration.ofMillis(20), Duration.ofMillis(30));
    }

    @Test
    void shouldNotHoldUpAPoller() {
        calls.call(
                ReceiveMessageRequest.builder().build(),
                taking(Duration.ZERO, ReceiveMessageResponse.builder().build()));

        assertThat(wait.slept()).isEmpty();
    }

    @Test
    void shouldWaitWhenTheCallFailsToo() {
        assertThatThrownBy(() -> calls.call(GetItemRequest.builder().build(), request -> {
                    throw ProvisionedThroughputExceededException.builder().build();
                }))
                .isInstanceOf(ProvisionedThroughputExceededException.class);

        assertThat(wait.slept()).containsExactly(Duration.ofMillis(10));
    }
}
