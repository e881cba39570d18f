package io.carillon.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WebSocketApiTest {

    private final FakeFunction connect = FakeFunction.ok();
    private final FakeFunction disconnect = FakeFunction.ok();
    private LocalGateway gateway;

    @AfterEach
    void stop() {
        gateway.close();
    }

    private void start(FakeFunction message) {
        start(WebSocketRoutes.of(connect, message, disconnect));
    }

    private void start(WebSocketRoutes routes) {
        gateway = LocalGateway.start(GatewaySettings.defaults(), routes, FakeFunction.ok());
    }

    @Test
    void shouldSendTheBodyOfTheAnswerBack() throws Exception {
        // Given
        FakeFunction message = FakeFunction.echo();
        start(message);

        // When
        TestClient client = TestClient.connect(gateway).send("{\"id\":1} – ü");

        // Then
        assertThat(client.message()).isEqualTo("{\"id\":1} – ü");
        JsonNode event = message.event();
        assertThat(event.properties().stream().map(java.util.Map.Entry::getKey))
                .containsExactlyInAnyOrder("requestContext", "body", "isBase64Encoded");
        JsonNode context = event.get("requestContext");
        assertThat(context.get("eventType").asText()).isEqualTo("MESSAGE");
        assertThat(context.get("routeKey").asText()).isEqualTo("$default");
        assertThat(context.get("connectionId").asText())
                .isEqualTo(gateway.connectionIds().iterator().next());
        assertThat(context.has("messageId")).isTrue();
    }

    @Test
    void shouldSendNothingBackWhenTheBodyIsAbsentOrEmpty() throws Exception {
        // Given
        start(new FakeFunction("message", event -> switch (event.get("body").asText()) {
            case "none" -> FakeFunction.OK;
            case "empty" -> FakeFunction.reply("");
            default -> FakeFunction.reply("last");
        }));
        gateway.policies().frames((id, number, text) -> {
            // Each frame waits until the one before was answered, so the last answer proves that the others had none.
            Await.until("frames before " + number, () -> handled >= number - 1);
        });

        // When
        TestClient client = TestClient.connect(gateway);
        client.send("none");
        handled = 1;
        client.send("empty");
        handled = 2;
        client.send("last");

        // Then
        assertThat(client.message()).isEqualTo("last");
        assertThat(client.waiting()).isZero();
    }

    private volatile long handled;

    @Test
    void shouldInvokeOncePerFrameSideBySide() throws Exception {
        // Given a function that answers only when all three frames are in it
        CountDownLatch inside = new CountDownLatch(3);
        start(new FakeFunction("message", event -> {
            inside.countDown();
            try {
                inside.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return FakeFunction.reply(event.get("body").asText());
        }));

        // When
        TestClient client = TestClient.connect(gateway).send("a").send("b").send("c");

        // Then
        Set<String> answers = new HashSet<>(List.of(client.message(), client.message(), client.message()));
        assertThat(answers).containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void shouldReorderFramesAsTheScheduleSays() throws Exception {
        // Given a schedule that lets the first frame go after the second's answer
        FakeFunction message = FakeFunction.echo();
        start(message);
        CountDownLatch second = new CountDownLatch(1);
        gateway.policies().frames((id, number, text) -> {
            if (number == 1) {
                second.await();
            }
        });

        // When
        TestClient client = TestClient.connect(gateway).send("first").send("second");
        List<String> order = new ArrayList<>(List.of(client.message()));
        second.countDown();
        order.add(client.message());

        // Then
        assertThat(order).containsExactly("second", "first");
    }

    @Test
    void shouldSendTheErrorFrameWhenAFunctionFails() throws Exception {
        // Given
        FakeFunction message = new FakeFunction("message", event -> {
            throw new IllegalStateException("broken");
        });
        start(message);

        // When
        TestClient client = TestClient.connect(gateway).send("{}");

        // Then
        JsonNode context = message.event().get("requestContext");
        assertThat(client.message())
                .isEqualTo("{\"message\": \"Internal server error\", \"connectionId\":\"%s\", \"requestId\":\"%s\"}"
                        .formatted(
                                context.get("connectionId").asText(),
                                context.get("requestId").asText()));
    }

    @Test
    void shouldTellDisconnectTheCodeAndReasonOfTheClient() throws Exception {
        // Given
        start(FakeFunction.ok());
        TestClient client = TestClient.connect(gateway);

        // When
        client.socket().sendClose(4001, "done");

        // Then
        JsonNode event = disconnect.event();
        assertThat(event.get("requestContext").get("eventType").asText()).isEqualTo("DISCONNECT");
        assertThat(event.get("requestContext").get("disconnectStatusCode").asInt())
                .isEqualTo(4001);
        assertThat(event.get("requestContext").get("disconnectReason").asText()).isEqualTo("done");
        assertThat(gateway.connectionCount()).isZero();
    }
}
