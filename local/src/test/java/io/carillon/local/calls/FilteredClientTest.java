package io.carillon.local.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlRequest;
import software.amazon.awssdk.services.sqs.model.GetQueueUrlResponse;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

class FilteredClientTest {

    private final List<SdkRequest> seen = new ArrayList<>();
    private boolean closed;

    /** Knows one queue. */
    private final SqsClient service = new SqsClient() {

        @Override
        public GetQueueUrlResponse getQueueUrl(GetQueueUrlRequest request) {
            if (!request.queueName().equals("known")) {
                throw QueueDoesNotExistException.builder()
                        .message("no such queue")
                        .build();
            }
            return GetQueueUrlResponse.builder().queueUrl("url").build();
        }

        @Override
        public String serviceName() {
            return "sqs";
        }

        @Override
        public void close() {
            closed = true;
        }
    };

    private SqsClient filtered(CallFilter filter) {
        return FilteredClient.of(SqsClient.class, service, filter);
    }

    private final CallFilter watching = (request, next) -> {
        seen.add(request);
        return next.make(request);
    };

    @Test
    void shouldShowACallOnceWhenItIsMadeWithARequestOrWithABuilder() {
        // Given
        SqsClient client = filtered(watching);
        GetQueueUrlRequest request =
                GetQueueUrlRequest.builder().queueName("known").build();

        // When
        String direct = client.getQueueUrl(request).queueUrl();
        String built = client.getQueueUrl(get -> get.queueName("known")).queueUrl();

        // Then
        assertThat(direct).isEqualTo("url").isEqualTo(built);
        assertThat(seen).containsExactly(request, request);
    }

    @Test
    void shouldThrowWhatTheServiceThrew() {
        assertThatThrownBy(() -> filtered(watching).getQueueUrl(get -> get.queueName("other")))
                .isInstanceOf(QueueDoesNotExistException.class);
    }

    @Test
    void shouldThrowWhatTheFilterThrewThoughItIsAnError() {
        // Given
        SqsClient client = filtered((request, next) -> {
            throw new AssertionError("from the filter");
        });

        // When, then
        assertThatThrownBy(() -> client.getQueueUrl(get -> get.queueName("known")))
                .isInstanceOf(AssertionError.class)
                .hasMessage("from the filter");
    }

    @Test
    void shouldPutTheOuterFilterFirst() {
        // Given
        List<String> order = new ArrayList<>();
        CallFilter outer = (request, next) -> {
            order.add("outer");
            return next.make(request);
        };
        CallFilter inner = (request, next) -> {
            order.add("inner");
            return next.make(request);
        };

        // When
        filtered(outer.around(inner)).getQueueUrl(get -> get.queueName("known"));

        // Then
        assertThat(order).containsExactly("outer", "inner");
    }

    @Test
    void shouldCloseTheClientAndPassWhatIsNoCall() {
        // Given
        SqsClient client = filtered(watching);

        // When
        String name = client.serviceName();
        client.close();

        // Then
        assertThat(name).isEqualTo("sqs");
        assertThat(closed).isTrue();
        assertThat(seen).isEmpty();
    }
}
