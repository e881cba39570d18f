package io.carillon.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.local.Await;
import io.carillon.local.lambda.FunctionThrottled;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    private String onlyId() {
        Await.until("one connection", () -> gateway.connectionCount() == 1);
        return gateway.connectionIds().iterator().next();
    }

    private static String errorFrame(String message, JsonNode event) {
        JsonNode context = event.get("requestContext");
        return "{\"message\": \"%s\", \"connectionId\":\"%s\", \"requestId\":\"%s\"}"
                .formatted(
                        message,
                        context.get("connectionId").asText(),
                        context.get("requestId").asText());
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
        assertThat(event.properties().stream().map(Map.Entry::getKey))
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
        TestClient client = TestClient.connect(gateway);

        // When
        client.send("none");
        client.send("empty");
        client.send("last");

        // Then
        assertThat(client.message()).isEqualTo("last");
        gateway.cut(onlyId());
        client.closed();
        assertThat(client.waiting()).isZero();
    }

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
        assertThat(client.message()).isEqualTo(errorFrame("Internal server error", message.event()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "not json",
                "[]",
                "{}",
                "{\"statusCode\":\"fine\"}",
                "{\"statusCode\":200,\"body\":{}}",
                "{\"statusCode\":200,\"body\":\"x\",\"extra\":1}",
                "{\"statusCode\":200,\"isBase64Encoded\":true,\"body\":\"%\"}"
            })
    void shouldCountAnAnswerThatApiGatewayDoesNotAcceptAsAFailure(String answer) throws Exception {
        // Given
        FakeFunction message = FakeFunction.answering(answer);
        start(message);

        // When
        TestClient client = TestClient.connect(gateway).send("{}");

        // Then
        assertThat(client.message()).isEqualTo(errorFrame("Internal server error", message.event()));
    }

    @Test
    void shouldDeliverTheBodyOfAnAnswerWithAnErrorStatus() throws Exception {
        // Given
        start(FakeFunction.answering("{\"statusCode\":500,\"body\":\"sorry\"}"));

        // When
        TestClient client = TestClient.connect(gateway).send("{}");

        // Then
        assertThat(client.message()).isEqualTo("sorry");
    }

    @Test
    void shouldSendTheErrorFrameWhenAFunctionIsThrottledOrTheBodyIsTooLarge() throws Exception {
        // Given
        FakeFunction message = new FakeFunction("message", event -> {
            if (event.get("body").asText().equals("large")) {
                return FakeFunction.reply("x".repeat(128 * 1024 + 1));
            }
            throw new FunctionThrottled("message");
        });
        start(message);
        TestClient client = TestClient.connect(gateway);

        // Then
        assertThat(client.send("large").message()).isEqualTo(errorFrame("Internal server error", message.event()));
        assertThat(client.send("throttle").message()).isEqualTo(errorFrame("Internal server error", message.event()));
    }

    @Test
    void shouldSendTheErrorFrameWhenAFunctionIsLaterThanTheIntegrationTimeout() throws Exception {
        // Given
        CountDownLatch never = new CountDownLatch(1);
        FakeFunction message = new FakeFunction("message", event -> {
            awaitQuietly(never);
            return FakeFunction.reply("too late");
        });
        gateway = LocalGateway.start(
                GatewaySettings.defaults().withIntegrationTimeout(Duration.ofSeconds(2)),
                WebSocketRoutes.of(connect, message, disconnect),
                FakeFunction.ok());

        // When
        TestClient client = TestClient.connect(gateway).send("{}");

        // Then
        assertThat(client.message()).isEqualTo(errorFrame("Internal server error", message.event()));
    }

    @Test
    void shouldSelectTheRouteThatTheExpressionNames() throws Exception {
        // Given
        start(WebSocketRoutes.of(connect, FakeFunction.answering(FakeFunction.reply("default")), disconnect)
                .withRoute("join", FakeFunction.answering(FakeFunction.reply("join"))));
        TestClient client = TestClient.connect(gateway);

        // Then
        assertThat(client.send("{\"action\":\"join\"}").message()).isEqualTo("join");
        assertThat(client.send("{\"action\":\"leave\"}").message()).isEqualTo("default");
        assertThat(client.send("{\"action\":\"$connect\"}").message()).isEqualTo("default");
        assertThat(client.send("not json").message()).isEqualTo("default");
        assertThat(connect.waiting()).isEqualTo(1);
    }

    @Test
    void shouldSendForbiddenWhenNoRouteMatches() throws Exception {
        // Given
        start(WebSocketRoutes.of(connect, FakeFunction.ok(), disconnect).withoutRoute("$default"));

        // When
        TestClient client = TestClient.connect(gateway).send("{}");

        // Then
        assertThat(client.message())
                .matches("\\{\"message\": \"Forbidden\", \"connectionId\":\"%s\", \"requestId\":\"[^\"]+\"}"
                        .formatted(onlyId()));
    }

    @Test
    void shouldCloseAClientThatSendsButNeverReads() throws Exception {
        // Given
        start(FakeFunction.answering(FakeFunction.reply("x".repeat(100 * 1024))));

        // When
        try (RawClient client = RawClient.connect(gateway)) {
            Await.until("the connection's end", () -> {
                sendQuietly(client);
                return disconnect.waiting() > 0;
            });
        }

        // Then
        assertThat(disconnect
                        .event()
                        .get("requestContext")
                        .get("disconnectStatusCode")
                        .asInt())
                .isEqualTo(1008);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void sendQuietly(RawClient client) {
        try {
            client.sendText("{}");
        } catch (IOException expected) {
            // The gateway has closed the socket, which the caller is waiting for.
        }
    }
}
