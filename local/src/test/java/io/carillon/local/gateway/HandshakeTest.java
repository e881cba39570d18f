package io.carillon.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.local.lambda.FunctionThrottled;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HandshakeTest {

    private final FakeFunction disconnect = FakeFunction.ok();
    private LocalGateway gateway;

    @AfterEach
    void stop() {
        gateway.close();
    }

    private FakeFunction start(FakeFunction connect) {
        return start(connect, GatewaySettings.defaults());
    }

    private FakeFunction start(FakeFunction connect, GatewaySettings settings) {
        gateway = LocalGateway.start(
                settings, WebSocketRoutes.of(connect, FakeFunction.echo(), disconnect), FakeFunction.ok());
        return connect;
    }

    @Test
    void shouldRefuseHandshakeWithStatusOfConnectHandler() {
        // Given
        start(FakeFunction.answering("{\"statusCode\":401}"));

        // Then
        assertThat(TestClient.refusal(gateway)).isEqualTo(401);
        assertThat(gateway.connectionCount()).isZero();
    }

    @Test
    void shouldAnswer429AndAskNobodyWhenMoreConnectThanTheAccountMay() throws Exception {
        // Given
        FakeFunction connect = start(FakeFunction.ok());
        gateway.policies().door(Door.rate(1));
        TestClient first = TestClient.connect(gateway);

        // When: on a slow machine some come a second after the one before, and are let in
        int status = 101;
        for (int i = 0; i < 100 && status == 101; i++) {
            status = TestClient.statusOf(gateway);
        }

        // Then
        assertThat(status).isEqualTo(429);
        assertThat(connect.waiting()).isLessThan(101);
        assertThat(first.send("still open").message()).isEqualTo("still open");
    }

    @Test
    void shouldAnswer502WhenConnectHandlerFails() {
        // Given
        start(new FakeFunction("connect", event -> {
            throw new IllegalStateException("broken");
        }));

        // Then
        assertThat(TestClient.refusal(gateway)).isEqualTo(502);
    }

    @Test
    void shouldAnswer502WhenConnectHandlerAnswersNoStatus() {
        // Given
        start(FakeFunction.answering("{}"));

        // Then
        assertThat(TestClient.refusal(gateway)).isEqualTo(502);
    }

    @Test
    void shouldAnswer502WhenConnectHandlerIsLate() {
        // Given
        CountDownLatch never = new CountDownLatch(1);
        start(
                new FakeFunction("connect", event -> {
                    await(never);
                    return FakeFunction.OK;
                }),
                GatewaySettings.defaults().withIntegrationTimeout(Duration.ofMillis(50)));

        // Then
        assertThat(TestClient.refusal(gateway)).isEqualTo(502);
    }

    @Test
    void shouldAnswer429WhenConnectIsThrottled() {
        // Given
        start(new FakeFunction("connect", event -> {
            throw new FunctionThrottled("connect");
        }));

        // Then
        assertThat(TestClient.refusal(gateway)).isEqualTo(429);
    }

    @Test
    void shouldShowConnectTheWholeHandshakeAndNoBody() throws Exception {
        // Given
        FakeFunction connect = start(FakeFunction.ok());

        // When
        try (RawClient client = RawClient.open(gateway)) {
            client.sendHandshake(
                    "/local?token=a%20b&n=1&n=2",
                    "Origin: https://app.example", "User-Agent: raw", "X-Twice: one", "X-Twice: two");
            client.readHead();
        }

        // Then
        JsonNode event = connect.event();
        assertThat(event.properties().stream().map(Map.Entry::getKey))
                .containsExactlyInAnyOrder(
                        "headers",
                        "multiValueHeaders",
                        "queryStringParameters",
                        "multiValueQueryStringParameters",
                        "requestContext",
                        "isBase64Encoded");
        assertThat(event.get("headers").get("Origin").asText()).isEqualTo("https://app.example");
        assertThat(event.get("headers").get("X-Twice").asText()).isEqualTo("two");
        assertThat(event.get("multiValueHeaders").get("X-Twice")).hasSize(2);
        assertThat(event.get("headers").get("X-Forwarded-For").asText()).isEqualTo("127.0.0.1");
        assertThat(event.get("headers").get("X-Amzn-Trace-Id").asText()).matches("Root=1-[0-9a-f]{8}-[0-9a-f]{24}");
        assertThat(event.get("queryStringParameters").get("token").asText()).isEqualTo("a b");
        assertThat(event.get("multiValueQueryStringParameters").get("n")).hasSize(2);
        JsonNode context = event.get("requestContext");
        assertThat(context.properties().stream().map(Map.Entry::getKey))
                .containsExactlyInAnyOrder(
                        "routeKey",
                        "eventType",
                        "extendedRequestId",
                        "requestTime",
                        "messageDirection",
                        "stage",
                        "connectedAt",
                        "requestTimeEpoch",
                        "identity",
                        "requestId",
                        "domainName",
                        "connectionId",
                        "apiId");
        assertThat(context.get("routeKey").asText()).isEqualTo("$connect");
        assertThat(context.get("eventType").asText()).isEqualTo("CONNECT");
        assertThat(context.get("messageDirection").asText()).isEqualTo("IN");
        assertThat(context.get("stage").asText()).isEqualTo("local");
        assertThat(context.get("domainName").asText()).isEqualTo("example.test");
        assertThat(context.get("identity").get("userAgent").asText()).isEqualTo("raw");
        assertThat(context.get("connectionId").asText()).matches("[A-Za-z0-9_-]{15}=");
        assertThat(context.get("requestTime").asText())
                .matches("\\d\\d/[A-Z][a-z]{2}/\\d{4}:\\d\\d:\\d\\d:\\d\\d \\+0000");
    }

    @Test
    void shouldEchoTheSubprotocolThatConnectChose() {
        // Given
        start(FakeFunction.answering("{\"statusCode\":200,\"headers\":{\"sec-websocket-protocol\":\"two\"}}"));

        // When
        TestClient client = TestClient.connect(gateway, "/local", "one", "two");

        // Then
        assertThat(client.subprotocol()).isEqualTo("two");
    }

    @Test
    void shouldEchoNoSubprotocolWhenConnectChoseNone() {
        // Given
        start(FakeFunction.ok());

        // When
        TestClient client = TestClient.connect(gateway, "/local", "one");

        // Then
        assertThat(client.subprotocol()).isEmpty();
    }

    @Test
    void shouldAnswer502WhenConnectChoseASubprotocolThatWasNotOffered() {
        // Given
        start(FakeFunction.answering("{\"statusCode\":200,\"headers\":{\"Sec-WebSocket-Protocol\":\"other\"}}"));

        // Then
        assertThat(TestClient.refusal(gateway)).isEqualTo(502);
    }

    @Test
    void shouldNegotiateNoCompression() throws Exception {
        // Given
        start(FakeFunction.ok());

        // When
        try (RawClient client = RawClient.open(gateway)) {
            client.sendHandshake("/local", "Sec-WebSocket-Extensions: permessage-deflate");

            // Then
            assertThat(client.readHead())
                    .anyMatch(line -> line.startsWith("HTTP/1.1 101"))
                    .noneMatch(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("sec-websocket-extensions"));
        }
    }

    @Test
    void shouldAnswer426ToAPlainGet() throws Exception {
        // Given
        FakeFunction connect = start(FakeFunction.ok());

        // When
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + "/local"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());

        // Then
        assertThat(answer.statusCode()).isEqualTo(426);
        assertThat(connect.waiting()).isZero();
    }

    @Test
    void shouldTellDisconnectWhenTheClientLeavesWhileConnectRuns() throws Exception {
        // Given
        CountDownLatch left = new CountDownLatch(1);
        FakeFunction connect = start(new FakeFunction("connect", event -> {
            await(left);
            return FakeFunction.OK;
        }));

        // When
        JsonNode connected;
        try (RawClient client = RawClient.open(gateway)) {
            client.sendHandshake("/local");
            connected = connect.event();
        }
        left.countDown();

        // Then
        JsonNode context = disconnect.event().get("requestContext");
        assertThat(context.get("connectionId"))
                .isEqualTo(connected.get("requestContext").get("connectionId"));
        assertThat(context.get("disconnectStatusCode").asInt()).isEqualTo(1006);
        assertThat(gateway.connectionCount()).isZero();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
