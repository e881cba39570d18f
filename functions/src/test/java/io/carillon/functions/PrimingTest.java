package io.carillon.functions;

import static org.assertj.core.api.Assertions.assertThatCode;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.carillon.events.aws.Sample;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PrimingTest {

    /** No port is open where a call would go, and a call to AWS with these credentials would be refused. */
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "AWS_REGION", "eu-west-1",
            "CARILLON_CONFIG",
                    "{\"client\":{\"allowed_origins\":[\"https://chat.example.com\"]},"
                            + "\"channel\":{\"namespaces\":[{\"name\":\"chat\",\"history_size\":10,"
                            + "\"history_ttl\":\"60s\"}]}}",
            "CARILLON_CALLBACK_URL", "https://localhost:1/live",
            "CARILLON_MAILBOX_QUEUE_URL", "https://localhost:1/1/mailboxes.fifo",
            "CARILLON_MAILBOX_DLQ_URL", "https://localhost:1/1/mailboxes-dlq.fifo",
            "CARILLON_PUSH_QUEUE_URL", "https://localhost:1/1/push");

    static Stream<Arguments> functions() {
        return Stream.of(
                function(ConnectHandler::rehearsal, Sample.WEBSOCKET_CONNECT),
                function(MessageHandler::rehearsal, Sample.WEBSOCKET_MESSAGE),
                function(DisconnectHandler::rehearsal, Sample.WEBSOCKET_DISCONNECT),
                function(ApiHandler::rehearsal, Sample.HTTP_REQUEST, Sample.HTTP_REQUEST_BASE64),
                function(PollHandler::rehearsal, Sample.HTTP_POLL),
                function(DeliverHandler::rehearsal, Sample.SQS_FIFO_BATCH),
                function(PushHandler::rehearsal, Sample.SQS_BATCH),
                function(HeartbeatHandler::rehearsal, Sample.SCHEDULE));
    }

    private static Arguments function(Function<Map<String, String>, RequestStreamHandler> rehearsal, Sample... events) {
        return Arguments.of(rehearsal, events);
    }

    @ParameterizedTest
    @MethodSource("functions")
    void shouldRunEachFunctionWithoutCallingAnybody(
            Function<Map<String, String>, RequestStreamHandler> rehearsal, Sample[] events) {
        // Given
        Priming priming = new Priming(() -> rehearsal.apply(ENVIRONMENT), events);

        // When / Then
        assertThatCode(priming::run).doesNotThrowAnyException();
    }
}
