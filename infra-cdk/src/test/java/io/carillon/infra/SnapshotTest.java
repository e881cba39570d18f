package io.carillon.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.carillon.events.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The whole template, so that no change of it goes unseen; {@code -Dcarillon.snapshots=write} writes it anew. */
class SnapshotTest {

    private static final Path FOLDER = Path.of("src", "test", "resources", "snapshots");

    @ParameterizedTest
    @ValueSource(strings = {"dev", "prod"})
    void shouldSynthesizeWhatItDidBefore(String stage) throws IOException {
        // Given
        Path file = FOLDER.resolve(stage + ".json");

        // When
        String template = normalised(Synthesized.stage(stage).template());

        // Then
        if ("write".equals(System.getProperty("carillon.snapshots"))) {
            Files.createDirectories(FOLDER);
            Files.writeString(file, template);
        }
        assertThat(template)
                .as("the template of %s; if the change is meant, run with -Dcarillon.snapshots=write", stage)
                .isEqualTo(Files.readString(file));
    }

    @Test
    void shouldBeWhatTheLocalRuntimeRuns() throws IOException {
        // Given
        Path file =
                Path.of("..", "local", "src", "main", "resources", "io", "carillon", "local", "template", "dev.json");

        // Then
        requireSame(file, Synthesized.local());
    }

    @Test
    void shouldBeWhatTheLocalRuntimesTestsSubscribe() throws IOException {
        // Given
        Path file = Path.of("..", "local", "src", "test", "resources", "telling.json");

        // Then
        requireSame(file, Synthesized.telling());
    }

    private static void requireSame(Path file, Synthesized synthesized) throws IOException {
        String template = normalised(synthesized.template());
        if ("write".equals(System.getProperty("carillon.snapshots"))) {
            Files.writeString(file, template);
        }
        assertThat(template)
                .as("what the local runtime runs; if the change is meant, run with -Dcarillon.snapshots=write")
                .isEqualTo(Files.readString(file));
    }

    /** Takes out what depends on the functions' code: hashes of assets and of published versions. */
    private static String normalised(JsonNode template) throws IOException {
        return Json.mapper()
                        .writerWithDefaultPrettyPrinter()
                        .writeValueAsString(template)
                        .replaceAll("[0-9a-f]{64}", "HASH")
                        .replaceAll("(CurrentVersion[0-9A-F]{8})[0-9a-f]{32}", "$1HASH")
                + "\n";
    }
}
