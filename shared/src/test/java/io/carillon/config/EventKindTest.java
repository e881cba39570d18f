package io.carillon.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.events.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class EventKindTest {

    @Test
    void shouldNameTheTypesOfTheSchemaThatSubscribersFilterBy() throws IOException {
        // Given
        JsonNode schema;
        try (InputStream input = EventKind.class.getResourceAsStream("/schemas/event.schema.json")) {
            schema = Json.mapper().readTree(input);
        }

        // Then
        assertThat(schema.findValuesAsText("const"))
                .containsAll(
                        Arrays.stream(EventKind.values()).map(EventKind::type).toList());
    }
}
