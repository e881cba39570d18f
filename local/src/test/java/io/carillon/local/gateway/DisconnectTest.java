package io.carillon.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.local.Await;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DisconnectTest {

    private final FakeFunction disconnect = FakeFunction.ok();
    private LocalGateway gateway;

    @BeforeEach
    void start() {
        gateway = LocalGateway.start(
                GatewaySettings.defaults(),
                WebSocketRoutes.of(FakeFunction.ok(), FakeFunction.ok(), disconnect),
                FakeFunction.ok());
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private String onlyId() {
        Await.until("one connection", () -> gateway.connectionCount() == 1);
        return gateway.connectionIds().iterator().next();
    }

    @Test
    void shouldTellDisconnectTheCodeAndReasonOfTheClient() throws Exception {
        // Given
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

    @Test
    void shouldTellDisconnect1005WhenTheClientGaveNoCode() throws Exception {
        // Given

        // When
        try (RawClient client = RawClient.connect(gateway)) {
            client.send(RawClient.CLOSE, true, new byte[0]);
            client.read();
        }

        // Then
        JsonNode event = disconnect.event();
        assertThat(event.get("requestContext").get("disconnectStatusCode").asInt())
                .isEqualTo(1005);
        assertThat(event.get("requestContext").get("disconnectReason").asText())
                .isEqualTo("Client-side close frame status not set");
        assertThat(event.get("headers").properties().stream().map(Map.Entry::getKey))
                .containsExactlyInAnyOrder("Host", "x-api-key", "X-Forwarded-For", "x-restapi");
    }

    @Test
    void shouldTellDisconnect1006WhenTheSocketBreaks() throws Exception {
        // Given
        RawClient client = RawClient.connect(gateway);

        // When
        client.close();

        // Then
        assertThat(disconnect
                        .event()
                        .get("requestContext")
                        .get("disconnectStatusCode")
                        .asInt())
                .isEqualTo(1006);
    }

    @Test
    void shouldCutEveryConnectionAndTellDisconnectOfEach() throws Exception {
        // Given
        TestClient one = TestClient.connect(gateway);
        TestClient two = TestClient.connect(gateway);
        Await.until("two connections", () -> gateway.connectionCount() == 2);
        Set<String> ids = gateway.connectionIds();

        // When
        gateway.cutAll();

        // Then
        assertThat(one.closed().code()).isEqualTo(1006);
        assertThat(two.closed().code()).isEqualTo(1006);
        assertThat(Set.of(
                        disconnect
                                .event()
                                .get("requestContext")
                                .get("connectionId")
                                .asText(),
                        disconnect
                                .event()
                                .get("requestContext")
                                .get("connectionId")
                                .asText()))
                .isEqualTo(ids);
    }

    @Test
    void shouldSendNoDisconnectWhenThePolicySaysNever() throws Exception {
        // Given
        TestClient forgotten = TestClient.connect(gateway);
        String forgottenId = onlyId();
        gateway.policies().disconnects(id -> id.equals(forgottenId) ? Optional.empty() : Optional.of(Duration.ZERO));

        // When
        forgotten.close();
        Await.until("the end of the forgotten one", () -> gateway.connectionCount() == 0);
        TestClient told = TestClient.connect(gateway);
        String toldId = onlyId();
        told.close();

        // Then
        assertThat(disconnect.event().get("requestContext").get("connectionId").asText())
                .isEqualTo(toldId);
        assertThat(disconnect.waiting()).isZero();
    }

    @Test
    void shouldSendDisconnectLateWhenThePolicySaysSo() throws Exception {
        // Given
        TestClient late = TestClient.connect(gateway);
        String lateId = onlyId();
        Duration delay = Duration.ofMillis(300);
        gateway.policies().disconnects(id -> Optional.of(delay));

        // When
        long before = System.nanoTime();
        late.close();
        JsonNode event = disconnect.event();

        // Then
        assertThat(event.get("requestContext").get("connectionId").asText()).isEqualTo(lateId);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(delay);
    }
}
