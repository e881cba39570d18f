package io.carillon.local.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.events.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CostRunTest {

    @Test
    void shouldCountExactlyWhatPublicationsCause() throws InterruptedException {
        // Given
        CostRun.Setting setting = new CostRun.Setting(PriceList.standard(), Deployment.standard(), Optional.empty());

        // When
        CostResult result = CostRun.measure(CostScenario.FAN_OUT_1, 20, setting);

        // Then: each publication is a frame in, its reply and a delivery, and one message, whatever else the path does
        assertThat(result.deliveries()).isEqualTo(20);
        assertThat(units(result, Billed.WEBSOCKET_MESSAGES)).isCloseTo(3e6, within(1.0));
        assertThat(units(result, Billed.LAMBDA_REQUESTS)).isGreaterThanOrEqualTo(1e6);
        assertThat(units(result, Billed.LAMBDA_GB_SECONDS_ARM64)).isPositive();
        assertThat(units(result, Billed.WEBSOCKET_CONNECTION_MINUTES)).isPositive();
        assertThat(CostText.of(result)).contains("API Gateway WebSocket messages", "AppSync Events", "bar 1.3");
        JsonNode json = Json.read(CostJson.of(List.of(result)), JsonNode.class);
        assertThat(json.at("/scenarios/0/scenario").asText()).isEqualTo("fan-out-1");
        assertThat(json.at("/scenarios/0/total").asDouble())
                .isEqualTo(result.bill().total());
    }

    private static double units(CostResult result, Billed item) {
        return result.bill().lines().stream()
                .filter(line -> line.item() == item)
                .mapToDouble(Bill.Line::units)
                .sum();
    }

    @Test
    void shouldPublishDataOfTheSizeItSays() {
        assertThat(CostRun.data(123_456).getBytes(StandardCharsets.UTF_8)).hasSize(CostRun.PAYLOAD);
    }

    @Test
    void shouldNameTheScenariosThereAre() {
        assertThat(CostScenario.named("fan-out-1"))
                .containsExactly(CostScenario.FAN_OUT_1, CostScenario.FAN_OUT_1_SERVER);
        assertThatThrownBy(() -> CostScenario.named("bogus")).hasMessageContaining("fan-out-1000, busy");
    }
}
