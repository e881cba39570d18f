package io.carillon.events.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.events.CommandReader;
import io.carillon.events.Json;
import io.carillon.events.Mail;
import io.carillon.events.MalformedJson;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AwsEventsTest {

    private static final String CONNECTION = "HfAbCcDdEeFfGgA=";

    @Test
    void shouldReadTheHandshakeWhenSomebodyConnects() {
        // When
        WebSocketEvent event = WebSocketEvent.read(Sample.WEBSOCKET_CONNECT.text());

        // Then
        assertThat(event.connectionId()).isEqualTo(CONNECTION);
        assertThat(event.eventType()).isEqualTo(WebSocketEvent.Type.CONNECT);
        assertThat(event.routeKey()).isEqualTo("$connect");
        assertThat(event.header("origin")).isEqualTo("https://chat.example.com");
        assertThat(event.header("cookie")).isEmpty();
        assertThat(event.queryString()).containsExactly(Map.entry("format", "json"));
        assertThat(event.sourceIp()).isEqualTo("192.0.2.10");
        assertThat(event.connectedAt()).isEqualTo(1773621982101L);
        assertThat(event.requestTimeEpoch()).isEqualTo(1773621982104L);
        assertThat(event.requestId()).isEqualTo("HfAbCdEfGhIJKlM=");
        assertThat(event.body()).isEmpty();
    }

    @Test
    void shouldReadTheFrameWhenSomebodySendsOne() {
        // When
        WebSocketEvent event = WebSocketEvent.read(Sample.WEBSOCKET_MESSAGE.text());

        // Then
        assertThat(event.eventType()).isEqualTo(WebSocketEvent.Type.MESSAGE);
        assertThat(CommandReader.read(event.body())).hasSize(2);
        assertThat(event.headers()).isEmpty();
        assertThat(event.queryString()).isEmpty();
    }

    @Test
    void shouldReadTheReasonWhenSomebodyIsGone() {
        // When
        WebSocketEvent event = WebSocketEvent.read(Sample.WEBSOCKET_DISCONNECT.text());

        // Then
        assertThat(event.eventType()).isEqualTo(WebSocketEvent.Type.DISCONNECT);
        assertThat(event.disconnectStatusCode()).isEqualTo(1005);
        assertThat(event.disconnectReason()).isEqualTo("Client-side close frame status not set");
    }

    @Test
    void shouldWriteOnlyWhatApiGatewayAccepts() {
        assertThat(WebSocketAnswer.OK.write()).isEqualTo("{\"statusCode\":200}");
        assertThat(WebSocketAnswer.status(403).write()).isEqualTo("{\"statusCode\":403}");
        assertThat(WebSocketAnswer.frame("{\"id\":1}\n{}").write())
                .isEqualTo("{\"statusCode\":200,\"body\":\"{\\\"id\\\":1}\\n{}\"}");
        assertThat(new WebSocketAnswer(200, Map.of("Sec-WebSocket-Protocol", "json"), "").write())
                .isEqualTo("{\"statusCode\":200,\"headers\":{\"Sec-WebSocket-Protocol\":\"json\"}}");
    }

    @ParameterizedTest
    @EnumSource(
            value = Sample.class,
            names = {"HTTP_REQUEST", "HTTP_REQUEST_BASE64"})
    void shouldReadTheSameRequestWhetherOrNotItIsEncodedAndStaged(Sample sample) {
        // When
        HttpEvent event = HttpEvent.read(sample.text());

        // Then
        assertThat(event.method()).isEqualTo("POST");
        assertThat(event.path()).isEqualTo("/api/publish");
        assertThat(event.rawPath()).endsWith(event.path());
        assertThat(event.header("x-api-key")).isEqualTo("not-a-real-key");
        assertThat(event.query()).isEmpty();
        assertThat(event.body()).isEqualTo("{\"channel\":\"chat:room1\",\"data\":{\"text\":\"hello\",\"n\":1.10}}");
        assertThat(event.sourceIp()).isEqualTo("198.51.100.7");
        assertThat(event.requestId()).isEqualTo("HfAdEjKLmNoEPQR=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/live", "/live/", "/liveapi", "/lives/api"})
    void shouldCutOffAStageOnlyWhereItIsOne(String rawPath) {
        // Given
        String event = "{\"rawPath\":\"" + rawPath + "\",\"requestContext\":{\"stage\":\"live\",\"http\":{}}}";

        // When
        String path = HttpEvent.read(event).path();

        // Then
        assertThat(path).isEqualTo(rawPath.matches("/live/?") ? "/" : rawPath);
    }

    @Test
    void shouldLowerCaseHeadersAndDecodeUtf8() {
        // Given
        String event = """
                {"rawPath":"/a","headers":{"X-API-Key":"k","Empty":null},"queryStringParameters":{"api_key":"é"},
                 "requestContext":{"http":{"method":"GET"}},"body":"w6nwn5iA","isBase64Encoded":true}""";

        // When
        HttpEvent read = HttpEvent.read(event);

        // Then
        assertThat(read.headers()).isEqualTo(Map.of("x-api-key", "k", "empty", ""));
        assertThat(read.query()).isEqualTo(Map.of("api_key", "é"));
        assertThat(read.body()).isEqualTo("é😀");
        assertThat(read.isText()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/w==", "w6nw", "7aCA"})
    void shouldSayThatABodyIsNotUtf8RatherThanChangeIt(String encoded) {
        // Given
        String event = """
                {"rawPath":"/a","requestContext":{"http":{"method":"POST"}},"body":"%s","isBase64Encoded":true}""".formatted(encoded);

        // When
        HttpEvent read = HttpEvent.read(event);

        // Then
        assertThat(read.isText()).isFalse();
        assertThat(read.body()).isEmpty();
    }

    @Test
    void shouldAnswerHttp() {
        assertThat(HttpAnswer.json(200, "{}").write())
                .isEqualTo("{\"statusCode\":200,\"headers\":{\"content-type\":\"application/json\"},\"body\":\"{}\"}");
        assertThat(HttpAnswer.status(401).write()).isEqualTo("{\"statusCode\":401}");
    }

    @Test
    void shouldReadAFifoBatchInOrder() {
        // When
        List<QueueEvent.Message> messages =
                QueueEvent.read(Sample.SQS_FIFO_BATCH.text()).messages();

        // Then
        assertThat(messages).extracting(QueueEvent.Message::dedupId).containsExactly("Kx7q:41:0", "Kx7q:42:0");
        assertThat(messages).extracting(QueueEvent.Message::receiveCount).containsExactly(1, 2);
        assertThat(messages).extracting(QueueEvent.Message::receiptHandle).doesNotContain("");
        // Only what was sent in a trace has the header.
        assertThat(messages)
                .extracting(QueueEvent.Message::traceHeader)
                .containsExactly("Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1", "");
        QueueEvent.Message first = messages.getFirst();
        assertThat(first.messageId()).isEqualTo("059f36b4-87a3-44ab-83d2-661975830a7d");
        assertThat(first.groupId()).isEqualTo("chat:room1#0");
        assertThat(first.sentTimestamp()).isEqualTo(1773621982511L);
        assertThat(Json.read(first.body(), Mail.class)).isInstanceOf(Mail.Published.class);
    }

    @Test
    void shouldReadAMessageOfAStandardQueueWithoutAGroup() {
        // When
        QueueEvent.Message message =
                QueueEvent.read(Sample.SQS_BATCH.text()).messages().getFirst();

        // Then
        assertThat(message.groupId()).isEmpty();
        assertThat(message.dedupId()).isEmpty();
        assertThat(message.receiveCount()).isEqualTo(1);
    }

    @Test
    void shouldNameTheFailuresOfABatch() {
        assertThat(BatchAnswer.DONE.write()).isEqualTo("{\"batchItemFailures\":[]}");
        assertThat(BatchAnswer.failed(List.of("b", "c")).write())
                .isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"b\"},{\"itemIdentifier\":\"c\"}]}");
    }

    @Test
    void shouldReadWhenAScheduleWasDue() {
        assertThat(ScheduleEvent.read(Sample.SCHEDULE.text()).time()).isEqualTo(Instant.parse("2026-03-16T00:51:00Z"));
    }

    @Test
    void shouldReadWhatCloudFormationAsksAndAnswerIt() {
        // When
        ResourceRequest request = ResourceRequest.read(Sample.CLOUDFORMATION_CREATE.text());

        // Then
        assertThat(request.type()).isEqualTo(ResourceRequest.Type.CREATE);
        assertThat(request.responseUrl().getScheme()).isEqualTo("https");
        assertThat(request.physicalId()).isEmpty();
        assertThat(request.properties()).containsEntry("Revision", "1");
        assertThat(request.oldProperties()).isEmpty();
        assertThat(request.toString()).contains("CarillonFcm").doesNotContain("X-Amz");
        assertThat(ResourceAnswer.failed(request, "not-made", "x".repeat(9_000)).write())
                .startsWith("{\"Status\":\"FAILED\",\"Reason\":\"xxx")
                .endsWith(
                        "\"RequestId\":\"66666666-7777-8888-9999-000000000000\",\"LogicalResourceId\":\"CarillonFcm\"}")
                .satisfies(answer -> assertThat(answer.length()).isLessThan(4_096));
    }

    @ParameterizedTest
    @EnumSource(Sample.class)
    void shouldKeepEverySampleWellFormed(Sample sample) {
        assertThat(Json.read(sample.text(), JsonNode.class).isObject()).isTrue();
    }

    static Stream<Arguments> readers() {
        return Stream.<Consumer<String>>of(WebSocketEvent::read, HttpEvent::read, QueueEvent::read, ScheduleEvent::read)
                .flatMap(reader -> Stream.of(
                                "",
                                "null",
                                "{}",
                                "[]",
                                "{\"requestContext\":{}}",
                                "{\"requestContext\":null}",
                                "{\"requestContext\":{\"connectionId\":\"a\",\"eventType\":\"PING\"}}",
                                "{\"rawPath\":\"/\",\"requestContext\":{\"http\":{}},\"body\":\"%\","
                                        + "\"isBase64Encoded\":true}",
                                "{\"Records\":[null]}",
                                "{\"Records\":[{}]}",
                                "{\"Records\":[{\"messageId\":\"m\","
                                        + "\"attributes\":{\"ApproximateReceiveCount\":\"x\"}}]}",
                                "{\"time\":\"soon\"}")
                        .map(text -> Arguments.of(reader, text)));
    }

    @ParameterizedTest
    @MethodSource("readers")
    void shouldRefuseWhatIsNotItsEvent(Consumer<String> reader, String text) {
        assertThatThrownBy(() -> reader.accept(text)).isInstanceOf(MalformedJson.class);
    }
}
