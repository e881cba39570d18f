package io.carillon.local.load;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.events.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PayloadsTest {

    @Test
    void shouldHaveTheSizeThatIsAskedForAndBeJson() {
        for (int bytes : new int[] {64, 200, 5_000}) {
            // When
            String data = Payloads.of(1, Integer.MAX_VALUE, bytes);

            // Then
            assertThat(data.getBytes(StandardCharsets.UTF_8)).hasSize(bytes);
            assertThat(Json.read(data, JsonNode.class).get("n").asInt()).isEqualTo(Integer.MAX_VALUE);
        }
    }

    @Test
    void shouldBeTheSameForTheSameSeedAndNumberOnly() {
        assertThat(Payloads.of(1, 2, 200)).isEqualTo(Payloads.of(1, 2, 200));
        assertThat(Payloads.of(1, 2, 200)).isNotEqualTo(Payloads.of(2, 2, 200)).isNotEqualTo(Payloads.of(1, 3, 200));
    }

    @Test
    void shouldTellDataApartThatAParserTakesForTheSame() {
        assertThat(Payloads.digest("{\"a\":1.0}")).isNotEqualTo(Payloads.digest("{\"a\":1.00}"));
    }
}
