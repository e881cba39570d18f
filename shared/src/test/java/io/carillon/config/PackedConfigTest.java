package io.carillon.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PackedConfigTest {

    private static final int LAMBDA_LEAVES = 3 * 1024;

    @Test
    void shouldLeaveAShortConfigurationReadable() {
        // Given
        String json = "{\"channel\":{}}";

        // Then
        assertThat(PackedConfig.pack(json)).isEqualTo(json);
        assertThat(PackedConfig.unpack(json)).isEqualTo(json);
    }

    @Test
    void shouldFitAHundredNamespacesIntoTheEnvironment() {
        // Given
        String json = IntStream.range(0, 100)
                .mapToObj(i -> "{\"name\":\"team-" + i
                        + "\",\"presence\":true,\"history_size\":300,\"history_ttl\":\"10m\",\"force_recovery\":true}")
                .collect(Collectors.joining(",", "{\"channel\":{\"namespaces\":[", "]}}"));

        // When
        String packed = PackedConfig.pack(json);

        // Then
        assertThat(packed).hasSizeLessThan(LAMBDA_LEAVES);
        assertThat(PackedConfig.unpack(packed)).isEqualTo(json);
    }

    @Test
    void shouldSayWhatToDoWhenItDoesNotFit() {
        // Given
        Random random = new Random(1);
        String noise =
                random.ints(10_000, 'a', 'z').mapToObj(Character::toString).collect(Collectors.joining());

        // Then
        assertThatThrownBy(() -> PackedConfig.pack(noise)).hasMessageContaining("merge namespaces");
    }
}
