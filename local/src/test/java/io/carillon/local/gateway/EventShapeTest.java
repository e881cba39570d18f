package io.carillon.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.events.Json;
import io.carillon.events.aws.Sample;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Holds the events of this gateway against samples of AWS's own: the same fields of the same types, no more, no fewer. */
class EventShapeTest {

    private static final Set<String> FREE = Set.of(
            "/headers",
            "/multiValueHeaders",
            "/queryStringParameters",
            "/multiValueQueryStringParameters",
            "/pathParameters");

    private final Client client =
            new Client("L0SM9cOFvHcCIhw=", "local", "local", "localhost:8000", "127.0.0.1", "agent", 1);

    @Test
    void shouldShapeTheConnectEventAsAwsDoes() throws IOException {
        byte[] event = WebSocketEvents.connect(
                client, "W3nXKGRFIAMFjBw=", Map.of("Host", List.of("a")), Map.of("format", List.of("json")));

        assertThat(shape(event)).isEqualTo(shape(Sample.WEBSOCKET_CONNECT));
    }

    @Test
    void shouldShapeTheMessageEventAsAwsDoes() throws IOException {
        byte[] event = WebSocketEvents.message(client, "W3nXKGRFIAMFjBw=", "$default", "{}");

        assertThat(shape(event)).isEqualTo(shape(Sample.WEBSOCKET_MESSAGE));
    }

    @Test
    void shouldShapeTheDisconnectEventAsAwsDoes() throws IOException {
        byte[] event = WebSocketEvents.disconnect(client, "W3nXKGRFIAMFjBw=", Closing.NO_CODE);

        assertThat(shape(event)).isEqualTo(shape(Sample.WEBSOCKET_DISCONNECT));
    }

    @Test
    void shouldShapeTheHttpEventAsAwsDoes() throws Exception {
        // Given
        FakeFunction api = FakeFunction.ok();
        try (LocalGateway gateway =
                        LocalGateway.start(GatewaySettings.defaults(), WebSocketRoutes.of(api, api, api), api);
                RawClient http = RawClient.open(gateway)) {
            // When
            http.sendHead(List.of(
                    "POST /api/publish HTTP/1.1", "Host: a", "Content-Type: application/json", "Content-Length: 1"));
            http.sendZeros(1);

            // Then
            assertThat(shape(api.event(), "")).isEqualTo(shape(Sample.HTTP_REQUEST));
        }
    }

    private static Set<String> shape(Sample sample) throws IOException {
        return shape(Json.mapper().readTree(sample.text()), "");
    }

    private static Set<String> shape(byte[] event) throws IOException {
        return shape(Json.mapper().readTree(event), "");
    }

    private static Set<String> shape(JsonNode node, String path) {
        Set<String> shape = new TreeSet<>();
        if (node.isObject() && !FREE.contains(path)) {
            node.properties().forEach(field -> shape.addAll(shape(field.getValue(), path + "/" + field.getKey())));
        } else {
            shape.add(path + ": " + node.getNodeType());
        }
        return shape;
    }
}
